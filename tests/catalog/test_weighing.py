"""What a weigh-in makes of a lot's stock, without and with a database."""

from services.catalog.domain import Hold, Lot, Weighing
from services.catalog.events import LotWeighed, StockCollected
from tests.catalog.people import (
    KG,
    LOT,
    OTHER_SHARE,
    SARI_CALLS,
    SHARE,
    WEIGHING,
    chilli_lot,
    commit_wanted,
    held_for_share,
    hold_wanted,
    lot_weighed,
    release_wanted,
    stock_in,
    stock_of,
    stored_lot,
)
from tests.harness.service import ServiceUnderTest


def committed(lot: Lot, quantity: int) -> Hold:
    hold = held_for_share(lot, quantity)
    hold.commit(lot, commit_wanted(quantity))
    return hold


def weighed(lot: Lot, hold: Hold, *told: LotWeighed) -> list[StockCollected]:
    weighing = Weighing(id=WEIGHING, lot_id=LOT)
    return [fact for one in told for fact in weighing.take(lot, [hold], one)]


def collected(lot: Lot) -> tuple[int, int, int, int]:
    """Waiting, returned, rejected; and what was corrected."""
    return lot.waiting, lot.returned, lot.rejected, lot.corrections


def test_what_was_promised_and_brought_waits_for_the_truck() -> None:
    lot = chilli_lot(50 * KG)

    (told,) = weighed(lot, committed(lot, 20 * KG), lot_weighed(20 * KG))

    assert (told.collected, told.change, told.reason, told.available) == (20 * KG, 0, None, 30 * KG)
    assert stock_in(lot) == (30 * KG, 0, 0)
    assert collected(lot) == (20 * KG, 0, 0, 0)


def test_what_is_missing_leaves_the_lot_as_short() -> None:
    lot = chilli_lot(50 * KG)

    (told,) = weighed(lot, committed(lot, 20 * KG), lot_weighed(18 * KG))

    assert (told.change, told.reason) == (-2 * KG, "short")
    assert collected(lot) == (18 * KG, 0, 0, -2 * KG)


def test_what_is_above_enters_the_lot_as_surplus() -> None:
    lot = chilli_lot(50 * KG)

    (told,) = weighed(lot, committed(lot, 20 * KG), lot_weighed(20 * KG, returned=3 * KG))

    assert (told.change, told.reason, told.collected) == (3 * KG, "surplus", 23 * KG)
    assert collected(lot) == (20 * KG, 3 * KG, 0, 3 * KG)


def test_what_is_weighed_again_counts_as_if_it_had_been_weighed_so_at_first() -> None:
    lot, straight = chilli_lot(50 * KG), chilli_lot(50 * KG)

    weighed(lot, committed(lot, 20 * KG), lot_weighed(18 * KG), lot_weighed(0, rejected=21 * KG, version=2))
    weighed(straight, committed(straight, 20 * KG), lot_weighed(0, rejected=21 * KG))

    assert collected(lot) == collected(straight) == (0, 0, 21 * KG, KG)


def test_a_weighing_told_twice_or_late_changes_nothing() -> None:
    lot = chilli_lot(50 * KG)
    told = lot_weighed(18 * KG, version=2), lot_weighed(18 * KG, version=2), lot_weighed(20 * KG, version=1)

    assert len(weighed(lot, committed(lot, 20 * KG), *told)) == 1
    assert collected(lot) == (18 * KG, 0, 0, -2 * KG)


def test_a_commitment_that_was_weighed_is_neither_released_nor_committed_again() -> None:
    lot = chilli_lot(50 * KG)
    hold = committed(lot, 20 * KG)
    weighed(lot, hold, lot_weighed(20 * KG))

    assert hold.release(lot, release_wanted(20 * KG, version=9)) == ()
    assert hold.commit(lot, commit_wanted(20 * KG, version=10)) == ()
    assert stock_in(lot) == (30 * KG, 0, 0)


async def test_catalog_counts_what_was_weighed_and_tells_it_once(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)
    wishes = hold_wanted(20 * KG), hold_wanted(10 * KG, OTHER_SHARE)
    await catalog.receives(*wishes, commit_wanted(20 * KG), commit_wanted(10 * KG, OTHER_SHARE))

    await catalog.receives(lot_weighed(25 * KG, SHARE, OTHER_SHARE))
    await catalog.receives(lot_weighed(25 * KG, SHARE, OTHER_SHARE))

    (told,) = await catalog.events("catalog.stock_collected.v1")
    assert (told["collected"], told["change"], told["reason"]) == (25 * KG, -5 * KG, "short")
    assert await stock_of(catalog) == (20 * KG, 0, 0)
    async with catalog.client(SARI_CALLS) as client:
        seen = (await client.get(f"/lots/{LOT}")).json()
        story = (await client.get(f"/lots/{LOT}/timeline", headers={"Accept-Language": "en"})).json()
    assert (seen["collected"], seen["waiting"], seen["corrections"]) == (25 * KG, 25 * KG, -5 * KG)
    assert story[-1]["sentence"].startswith("25 kg was weighed: 25 kg waits for the truck, 0 kg was returned")
