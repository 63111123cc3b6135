"""What sellers carry over: changed by records at firm, and by entries for what others prevented; nothing else."""

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.cooperative import queries
from services.cooperative.events import StockReleased
from services.cooperative.sharing import Pseudonyms
from services.cooperative.tables import carried, credit_entries
from tests.cooperative.people import (
    ANSWER_BY,
    CALLS,
    CHILLI,
    COOPERATIVE,
    FIRM,
    KG,
    LOTS,
    MANAGER,
    SARI,
    SARI_CALLS,
    TUTI,
    WATI,
    WATI_CALLS,
    WINDOW,
)
from tests.cooperative.steps import Told, is_firm, is_offered, is_shared, reads, says
from tests.cooperative.told import committed, corrected, held, lot, refused, withdrawn
from tests.harness.service import ServiceUnderTest

Entries = list[tuple[UUID, int, str]]


async def entries(cooperative: ServiceUnderTest) -> Entries:
    asked = select(credit_entries).order_by(credit_entries.c.seller_id, credit_entries.c.id)
    async with cooperative.tx() as tx:
        return [(row.seller_id, row.amount, row.reason) for row in await tx.execute(asked)]


async def balances(cooperative: ServiceUnderTest) -> dict[UUID, int]:
    async with cooperative.tx() as tx:
        return {row.seller_id: row.amount for row in await tx.execute(select(carried))}


async def last_record(cooperative: ServiceUnderTest) -> dict[str, Any]:
    (head, *_) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    whole: dict[str, Any] = (await reads(cooperative, MANAGER, f"/sharings/{head['id']}"))["record"]
    return whole


async def test_who_gives_his_due_carries_nothing_over(cooperative: ServiceUnderTest) -> None:
    await is_firm(cooperative)

    assert await entries(cooperative) == []


async def test_a_sellers_own_no_stays_debited_and_who_steps_in_has_given_more(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 3)
    await says(cooperative, WATI_CALLS, offers[WATI], 1)
    await cooperative.falls_due(ANSWER_BY)
    again = (await cooperative.events("cooperative.hold_wanted.v1"))[-1]
    await cooperative.receives(held(again, version=7))
    await says(cooperative, WATI_CALLS, (await cooperative.events("cooperative.share_offered.v1"))[-1], 1)

    await cooperative.falls_due(FIRM)

    assert await entries(cooperative) == [(WATI, -40 * KG, "SHARING")]
    await identity_holds(cooperative)


async def identity_holds(cooperative: ServiceUnderTest) -> None:
    record, told = await last_record(cooperative), await entries(cooperative)
    sums = {name: sum(row[name] for row in record["sellers"]) for name in ("hak", "given", "refused")}
    by_record = sum(amount for _, amount, reason in told if reason == "SHARING")
    assert by_record == sums["hak"] - sums["given"] - sums["refused"]
    assert sum((await balances(cooperative)).values()) == sum(amount for _, amount, _ in told)


async def three_wanted(cooperative: ServiceUnderTest) -> list[Told]:
    """Of Sari, Tuti and Wati."""
    wanted = {UUID(one["lot_id"]): one for one in await is_shared(cooperative)}
    return [wanted[LOTS[person]] for person in (SARI, TUTI, WATI)]


async def all_say_yes_until_firm(cooperative: ServiceUnderTest) -> None:
    for offer in await cooperative.events("cooperative.share_offered.v1"):
        await says(cooperative, CALLS[UUID(offer["seller_id"])], offer, 1)
    await cooperative.falls_due(ANSWER_BY)
    await cooperative.falls_due(FIRM)


async def debited(cooperative: ServiceUnderTest, seller: UUID) -> int:
    """What the record counts as refused, and no entry gave back."""
    secret = await secret_of(cooperative)
    rows = (await last_record(cooperative))["sellers"]
    (row,) = (one for one in rows if one["seller"] == secret.of("seller", seller))
    back = [amount for who, amount, why in await entries(cooperative) if who == seller and why != "SHARING"]
    return int(row["refused"]) - sum(back)


async def secret_of(cooperative: ServiceUnderTest) -> Pseudonyms:
    async with cooperative.tx() as tx:
        return await queries.pseudonyms(tx, COOPERATIVE)


async def test_what_catalog_did_not_hold_comes_back_as_an_entry(cooperative: ServiceUnderTest) -> None:
    sari, tuti, wati = await three_wanted(cooperative)
    await cooperative.receives(refused(sari), held(tuti, 12 * KG), held(wati, 20 * KG))

    await all_say_yes_until_firm(cooperative)

    told = await entries(cooperative)
    assert (SARI, 20 * KG, "NOT_HELD") in told
    assert (TUTI, 8 * KG, "NOT_HELD") in told
    await identity_holds(cooperative)


async def test_what_a_seller_withdrew_after_the_freeze_stays_debited(cooperative: ServiceUnderTest) -> None:
    sari, tuti, wati = await three_wanted(cooperative)
    gone, no = withdrawn(SARI, 20 * KG), refused(sari, 3, reason="WITHDRAWN")
    await cooperative.receives(gone, no, held(tuti, 20 * KG), held(wati, 20 * KG))

    await all_say_yes_until_firm(cooperative)

    assert [one for one in await entries(cooperative) if one[0] == SARI] == []
    await identity_holds(cooperative)


@pytest.mark.parametrize("order", [*permutations(range(3))])
async def test_what_a_seller_took_off_stays_debited_and_what_others_held_comes_back_whatever_is_heard_first(
    cooperative: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    sari, tuti, wati = await three_wanted(cooperative)
    others = StockReleased(lot_id=LOTS[SARI], version=3, available=9 * KG)
    told = [corrected(SARI, -8 * KG, left=12 * KG), others, held(sari, 9 * KG, version=4)]

    await cooperative.receives(held(tuti), held(wati))
    for place in order:
        await cooperative.receives(told[place])
    await all_say_yes_until_firm(cooperative)

    assert [one for one in await entries(cooperative) if one[0] == SARI and one[2] != "SHARING"] == [
        (SARI, 3 * KG, "NOT_HELD")
    ]
    assert await debited(cooperative, SARI) == 8 * KG
    await identity_holds(cooperative)


async def test_a_correction_that_was_known_when_the_book_was_shared_is_no_refusal(
    cooperative: ServiceUnderTest,
) -> None:
    await cooperative.receives(lot(SARI, 20 * KG), corrected(SARI, -8 * KG, left=12 * KG))
    sari, tuti, wati = await three_wanted(cooperative)
    assert sari["quantity"] == 12 * KG
    await cooperative.receives(held(sari, 7 * KG, version=3), held(tuti), held(wati))

    await all_say_yes_until_firm(cooperative)

    assert (SARI, 5 * KG, "NOT_HELD") in await entries(cooperative)
    assert await debited(cooperative, SARI) == 0
    await identity_holds(cooperative)


async def test_what_catalog_could_not_commit_comes_back_once(cooperative: ServiceUnderTest) -> None:
    first, second, _ = await is_firm(cooperative)

    await cooperative.receives(committed(first, 15 * KG), committed(second, 0))
    await cooperative.receives(committed(first, 15 * KG, version=9), committed(second, 0, version=9))

    assert sorted((amount, reason) for _, amount, reason in await entries(cooperative)) == [
        (5 * KG, "NOT_COMMITTED"),
        (20 * KG, "NOT_COMMITTED"),
    ]
    assert sorted((await balances(cooperative)).values()) == [5 * KG, 20 * KG]


async def test_a_window_called_off_changes_no_credit(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative)
    async with cooperative.client(MANAGER) as client:
        await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})
    await cooperative.falls_due()

    await cooperative.falls_due(FIRM)

    assert await entries(cooperative) == []


async def test_what_is_carried_over_enters_the_next_batch(cooperative: ServiceUnderTest) -> None:
    async with cooperative.tx() as tx:
        values = {
            "cooperative_id": MANAGER.cooperative,
            "commodity_id": CHILLI,
            "seller_id": SARI,
            "amount": 7 * KG,
        }
        await tx.execute(carried.insert().values(values))

    await is_shared(cooperative)

    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    seen = await reads(cooperative, SARI_CALLS, f"/sharings/{head['id']}")
    assert [(one["due"] - one["hak"]) for one in seen["credits"]] == [7 * KG]
