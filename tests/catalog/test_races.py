"""Transactions that want the same stock at the same moment, on real PostgreSQL."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from services.catalog.tables import lots
from tests.catalog.people import (
    KG,
    LATER,
    LOT,
    NOON,
    OTHER_SHARE,
    SARI_CALLS,
    hold_wanted,
    release_wanted,
    stock_of,
    stored_lot,
)
from tests.harness.service import ServiceUnderTest


async def test_of_two_holds_racing_for_the_last_kilogram_in_two_transactions_one_is_refused(
    catalog: ServiceUnderTest,
) -> None:
    await stored_lot(catalog, KG)

    await asyncio.gather(catalog.receives(hold_wanted(KG)), catalog.receives(hold_wanted(KG, OTHER_SHARE)))

    events = await catalog.events()
    assert [event["type"] for event in events] == ["catalog.stock_held.v1", "catalog.hold_refused.v1"]
    assert [event["version"] for event in events] == [2, 3]
    assert await stock_of(catalog) == (0, KG, 0)


async def test_many_holds_at_once_never_promise_more_than_there_is(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 10 * KG)
    wishes = [hold_wanted(3 * KG, share_id=UUID(int=number)) for number in range(1, 9)]

    await asyncio.gather(*[catalog.receives(wish) for wish in wishes])

    events = await catalog.events()
    assert sum(event.get("held", 0) for event in events) == 10 * KG
    assert [event["version"] for event in events] == list(range(2, 10))
    assert await stock_of(catalog) == (0, 10 * KG, 0)


async def test_a_seller_and_a_share_that_want_the_last_kilogram_do_not_both_get_it(
    catalog: ServiceUnderTest,
) -> None:
    await stored_lot(catalog, KG)

    async with catalog.client(SARI_CALLS) as sari:
        corrected, _ = await asyncio.gather(
            sari.post(f"/lots/{LOT}/corrections", json={"change": -KG, "reason": "Dipakai sendiri"}),
            catalog.receives(hold_wanted(KG)),
        )

    if corrected.status_code == 200:
        assert await catalog.emitted() == ["catalog.lot_corrected.v1", "catalog.hold_refused.v1"]
        assert await stock_of(catalog) == (0, 0, 0)
    else:
        assert (corrected.status_code, await catalog.emitted()) == (409, ["catalog.stock_held.v1"])
        assert await stock_of(catalog) == (0, KG, 0)


async def test_changes_at_the_same_moment_leave_no_gap_in_the_versions_of_a_lot(
    catalog: ServiceUnderTest,
) -> None:
    await stored_lot(catalog)

    async with catalog.client(SARI_CALLS) as sari:
        answers = await asyncio.gather(
            *[sari.post(f"/lots/{LOT}/price", json={"price": 30_000 + number}) for number in range(8)]
        )

    assert {answer.status_code for answer in answers} == {200}
    assert [event["version"] for event in await catalog.events()] == list(range(2, 10))


async def test_a_hold_that_expires_while_it_is_released_comes_back_once(catalog: ServiceUnderTest) -> None:
    catalog.moves_to(NOON)
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG))
    catalog.moves_to(LATER)

    await asyncio.gather(catalog.running.sweep.once(), catalog.receives(release_wanted(20 * KG)))

    assert len(await catalog.emitted()) == 2
    assert await stock_of(catalog) == (50 * KG, 0, 0)


@pytest.mark.parametrize(
    "change",
    [{"available": -1, "corrections": -50 * KG - 1}, {"available": 60 * KG}, {"held": 1}],
    ids=["below zero", "more than there is", "held twice"],
)
async def test_the_table_itself_refuses_stock_that_does_not_add_up(
    catalog: ServiceUnderTest, change: dict[str, int]
) -> None:
    await stored_lot(catalog, 50 * KG)

    with pytest.raises(IntegrityError):
        async with catalog.tx() as tx:
            await tx.execute(update(lots).values(change))
