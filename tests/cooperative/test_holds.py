"""What catalog answers to holds, and what sellers are then asked, on a real database."""

from datetime import timedelta
from uuid import UUID

from tests.cooperative.people import ANSWER_BY, FIRM, KG, LOTS, MANAGER, ROUND, SARI, TUTI, WATI
from tests.cooperative.steps import is_offered, is_shared, since
from tests.cooperative.told import held, lot, refused
from tests.harness.service import ServiceUnderTest

A_SECOND = timedelta(seconds=1)

OFFERED = "cooperative.share_offered.v1"


WANTED = "cooperative.hold_wanted.v1"


async def test_what_is_held_is_offered_with_its_sentence_and_time(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)

    offer = offers[WATI]
    assert (offer["quantity"], offer["wanted"], offer["round"]) == (20 * KG, 20 * KG, 1)
    assert offer["answer_by"] == ANSWER_BY.isoformat().replace("+00:00", "Z")
    assert offer["sentences"]["id"] == (
        "Bu Wati: diminta 20 kg dari 90 kg Cabai merah; 60 kg dipesan, dibagi ke 3 penjual. "
        "Penjual sekelompok Anda berhak paling banyak 20 kg, menawarkan lebih banyak tidak menambah."
    )


async def test_a_hold_in_part_is_offered_in_part_and_one_refused_ends(cooperative: ServiceUnderTest) -> None:
    first, second, _ = await is_shared(cooperative)
    before = len(await cooperative.emitted())

    await cooperative.receives(held(first, 12 * KG), refused(second))

    assert since(await cooperative.events(), before) == [("share_offered", 12 * KG), ("share_changed", 0)]


async def test_the_same_hold_told_in_two_messages_is_offered_once(cooperative: ServiceUnderTest) -> None:
    first, *_ = await is_shared(cooperative)

    await cooperative.receives(held(first), held(first, version=3))

    assert (await cooperative.emitted()).count(OFFERED) == 1


async def test_a_hold_that_catalog_did_not_answer_is_released_when_its_round_closes_and_nobody_lapses(
    cooperative: ServiceUnderTest,
) -> None:
    (wanted,) = await is_shared(cooperative, lot(SARI, 20 * KG))
    before = len(await cooperative.emitted())

    await cooperative.falls_due(FIRM - ROUND / 2)
    await cooperative.receives(held(wanted))
    await cooperative.receives(held(wanted, version=3))

    assert since(await cooperative.events(), before) == [("share_changed", 0), ("release_wanted", 20 * KG)]
    assert (await cooperative.events("cooperative.share_changed.v1"))[0]["asked"] == 0


async def test_a_hold_heard_after_the_time_to_answer_asks_nobody_even_before_its_round_was_closed(
    cooperative: ServiceUnderTest,
) -> None:
    (wanted,) = await is_shared(cooperative, lot(SARI, 20 * KG))
    before = len(await cooperative.emitted())
    cooperative.moves_to(ANSWER_BY + A_SECOND)

    await cooperative.receives(held(wanted))
    asked = since(await cooperative.events(), before)
    await cooperative.falls_due()

    ended = since(await cooperative.events(), before)
    assert asked == []
    assert ended[:2] == [("share_changed", 0), ("release_wanted", 20 * KG)]
    assert "share_lapsed" not in dict(ended)


async def test_a_lot_that_looks_free_and_is_always_refused_is_asked_for_once(
    cooperative: ServiceUnderTest,
) -> None:
    (wanted,) = await is_shared(cooperative, lot(SARI, 20 * KG))
    before = len(await cooperative.emitted())

    await cooperative.receives(refused(wanted, left=30 * KG))
    await cooperative.falls_due()
    await cooperative.falls_due(ANSWER_BY)

    assert since(await cooperative.events(), before) == [("share_changed", 0)]


async def test_when_all_holds_are_refused_the_round_closes_at_once(cooperative: ServiceUnderTest) -> None:
    async with cooperative.client(MANAGER) as client:
        cheapest = {"first_share_permille": 0, "tier_permille": 0, "credit_permille": 80}
        await client.put("/policy", json=cheapest)
    (wanted,) = await is_shared(cooperative, lot(SARI, 90 * KG), lot(TUTI, 30 * KG, price=36_000))
    await cooperative.receives(refused(wanted))

    await cooperative.falls_due()

    again = (await cooperative.events(WANTED))[-1]
    assert (UUID(again["lot_id"]), again["quantity"]) == (LOTS[TUTI], 30 * KG)
