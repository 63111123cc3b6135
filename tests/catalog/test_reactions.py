"""What catalog does with cooperative's events and when time passes, on a real database."""

from datetime import timedelta

import pytest

from tests.catalog.people import (
    KG,
    LATER,
    LOT,
    NOON,
    OTHER_SHARE,
    SHARE,
    commit_wanted,
    hold_wanted,
    release_wanted,
    stock_of,
    stored_lot,
)
from tests.harness.service import ServiceUnderTest


async def test_a_hold_wanted_is_answered_with_what_is_held(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)

    await catalog.receives(hold_wanted(20 * KG))

    (held,) = await catalog.events()
    assert (held["type"], held["share_id"], held["lot_id"]) == ("catalog.stock_held.v1", str(SHARE), str(LOT))
    assert (held["wanted"], held["held"], held["available"], held["version"]) == (
        20 * KG,
        20 * KG,
        30 * KG,
        2,
    )
    assert await stock_of(catalog) == (30 * KG, 20 * KG, 0)


async def test_a_hold_wanted_twice_is_held_and_answered_once(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog)

    await catalog.receives(hold_wanted(20 * KG), hold_wanted(20 * KG))
    await catalog.receives(hold_wanted(20 * KG))
    await catalog.receives(hold_wanted(20 * KG, version=2))

    assert await catalog.emitted() == ["catalog.stock_held.v1"]
    assert await stock_of(catalog) == (30 * KG, 20 * KG, 0)


async def test_of_two_shares_that_want_the_last_kilogram_one_is_refused(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, KG)

    await catalog.receives(hold_wanted(KG), hold_wanted(KG, OTHER_SHARE))

    assert await catalog.emitted() == ["catalog.stock_held.v1", "catalog.hold_refused.v1"]
    assert await stock_of(catalog) == (0, KG, 0)


async def test_a_refused_hold_parks_nothing(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, KG)

    await catalog.receives(hold_wanted(KG), hold_wanted(KG, OTHER_SHARE))

    assert await catalog.parked() == []


async def test_a_hold_of_a_lot_nobody_listed_is_parked_for_people_to_look_at(
    catalog: ServiceUnderTest,
) -> None:
    await catalog.receives(hold_wanted(KG))

    (cause,) = await catalog.parked()
    assert cause.startswith("NoSuchLot")
    assert await catalog.emitted() == []


@pytest.mark.parametrize("quantity", [0, -KG, 10**12 + 1])
async def test_a_quantity_that_makes_no_sense_is_parked_and_the_next_share_goes_on(
    catalog: ServiceUnderTest, quantity: int
) -> None:
    await stored_lot(catalog, 50 * KG)

    await catalog.receives(
        hold_wanted(KG).model_copy(update={"quantity": quantity}), hold_wanted(KG, OTHER_SHARE)
    )

    assert len(await catalog.parked()) == 1
    assert await catalog.emitted() == ["catalog.stock_held.v1"]
    assert await stock_of(catalog) == (49 * KG, KG, 0)


async def test_what_was_wanted_while_catalog_was_away_is_held_for_the_share_that_still_wants_it(
    catalog: ServiceUnderTest,
) -> None:
    await stored_lot(catalog, 20 * KG)
    first_round = hold_wanted(20 * KG), release_wanted(20 * KG, version=3)

    await catalog.receives(*first_round, hold_wanted(20 * KG, OTHER_SHARE))

    assert [(event["share_id"], event.get("held")) for event in await catalog.events()] == [
        (str(SHARE), 20 * KG),
        (str(SHARE), None),
        (str(OTHER_SHARE), 20 * KG),
    ]
    assert await stock_of(catalog) == (0, 20 * KG, 0)


async def test_a_commitment_makes_the_hold_final(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)

    await catalog.receives(hold_wanted(20 * KG), commit_wanted(20 * KG))

    (committed,) = await catalog.events("catalog.stock_committed.v1")
    assert (committed["wanted"], committed["committed"], committed["version"]) == (20 * KG, 20 * KG, 3)
    assert await stock_of(catalog) == (30 * KG, 0, 20 * KG)


async def test_a_commitment_wanted_twice_is_made_once(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)

    await catalog.receives(hold_wanted(20 * KG), commit_wanted(20 * KG), commit_wanted(20 * KG))
    await catalog.receives(commit_wanted(20 * KG, version=9))

    assert await catalog.emitted() == ["catalog.stock_held.v1", "catalog.stock_committed.v1"]


async def test_what_is_released_is_available_again(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG))

    await catalog.receives(release_wanted(8 * KG))

    (released,) = await catalog.events("catalog.stock_released.v1")
    assert (released["quantity"], released["available"]) == (8 * KG, 38 * KG)
    assert await stock_of(catalog) == (38 * KG, 12 * KG, 0)


async def test_releasing_what_is_not_there_is_harmless(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)

    await catalog.receives(release_wanted(8 * KG), release_wanted(8 * KG, version=7))

    assert (await catalog.emitted(), await catalog.parked()) == ([], [])
    assert await stock_of(catalog) == (50 * KG, 0, 0)


async def test_a_hold_expires_at_its_time_and_not_before(catalog: ServiceUnderTest) -> None:
    catalog.moves_to(NOON)
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG))

    early = await catalog.falls_due(LATER - timedelta(minutes=1))
    late = await catalog.falls_due(LATER)

    assert (early, late) == (0, 1)
    (expired,) = await catalog.events("catalog.hold_expired.v1")
    assert (expired["quantity"], expired["available"], expired["version"]) == (20 * KG, 50 * KG, 3)
    assert await stock_of(catalog) == (50 * KG, 0, 0)


async def test_a_commitment_has_no_expiry(catalog: ServiceUnderTest) -> None:
    catalog.moves_to(NOON)
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG), commit_wanted(20 * KG))

    assert await catalog.falls_due(LATER) == 0
    assert await stock_of(catalog) == (30 * KG, 0, 20 * KG)


async def test_a_released_hold_has_no_expiry(catalog: ServiceUnderTest) -> None:
    catalog.moves_to(NOON)
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG), release_wanted(20 * KG))

    assert await catalog.falls_due(LATER) == 0
    assert await catalog.emitted() == ["catalog.stock_held.v1", "catalog.stock_released.v1"]


async def test_a_commitment_after_its_hold_expired_is_served_from_what_is_available(
    catalog: ServiceUnderTest,
) -> None:
    catalog.moves_to(NOON)
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG))
    await catalog.falls_due(LATER)

    await catalog.receives(commit_wanted(20 * KG))

    (committed,) = await catalog.events("catalog.stock_committed.v1")
    assert committed["committed"] == 20 * KG
    assert await stock_of(catalog) == (30 * KG, 0, 20 * KG)
