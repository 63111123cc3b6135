"""Holds, answers and rounds, on a real database."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from services.cooperative.events import StockReleased
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.people import (
    ANSWER_BY,
    CALLS,
    DARTO,
    DARTO_FOR_WATI,
    FIRM,
    KG,
    LOTS,
    ROUND,
    SARI,
    SARI_CALLS,
    TUTI,
    TUTI_CALLS,
    WATI,
    WATI_CALLS,
)
from tests.cooperative.steps import by_seller, is_accepted, is_offered, is_shared, papers, says, since
from tests.cooperative.told import held, lot, placed
from tests.harness.service import ServiceUnderTest

OFFERED = "cooperative.share_offered.v1"


WANTED = "cooperative.hold_wanted.v1"


async def test_a_yes_from_everyone_closes_the_round_before_its_time(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)
    for seller in (SARI, TUTI):
        await says(cooperative, CALLS[seller], offers[seller], 1)
    await cooperative.falls_due()
    still_open = await says(cooperative, SARI_CALLS, offers[SARI], 1)

    await says(cooperative, WATI_CALLS, offers[WATI], 1)
    await cooperative.falls_due()

    assert still_open.status_code == 200
    too_late = await says(cooperative, WATI_CALLS, offers[WATI], 3)
    assert (too_late.status_code, too_late.json()["code"]) == (409, "round-closed")


async def test_two_answers_at_once_close_the_round_once(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative, lot(SARI, 20 * KG), lot(TUTI, 20 * KG))

    await asyncio.gather(
        says(cooperative, SARI_CALLS, offers[SARI], 1), says(cooperative, TUTI_CALLS, offers[TUTI], 3)
    )
    await asyncio.gather(cooperative.falls_due(), cooperative.running.sweep.once())

    events = await cooperative.events("cooperative.release_wanted.v1")
    assert [(event["share_id"], event["quantity"]) for event in events] == [
        (offers[TUTI]["share_id"], 20 * KG)
    ]


async def test_no_less_and_silence_are_shared_again_without_touching_who_said_yes(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(
        cooperative, lot(SARI, 20 * KG), lot(TUTI, 20 * KG), lot(WATI, 90 * KG), left=70 * KG
    )
    await says(cooperative, SARI_CALLS, offers[SARI], 3)
    await says(cooperative, WATI_CALLS, offers[WATI], 1)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(ANSWER_BY)

    told = since(await cooperative.events(), before)
    assert sorted(told[:3]) == [("release_wanted", 20 * KG)] * 2 + [("share_lapsed", 20 * KG)]
    assert told[3:] == [("sharing_published", None), ("hold_wanted", 40 * KG)]
    again = (await cooperative.events(WANTED))[-1]
    assert UUID(again["lot_id"]) == LOTS[WATI]


async def test_a_lot_that_said_less_or_no_or_nothing_gets_no_new_question(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 2, 5 * KG)
    await says(cooperative, TUTI_CALLS, offers[TUTI], 3)
    await cooperative.receives(
        *[StockReleased(lot_id=LOTS[one], version=5, available=90 * KG) for one in (SARI, TUTI, WATI)]
    )
    before = len(await cooperative.emitted())

    await cooperative.falls_due(ANSWER_BY)

    assert sorted(since(await cooperative.events(), before)) == [
        ("release_wanted", 15 * KG),
        ("release_wanted", 20 * KG),
        ("release_wanted", 20 * KG),
        ("share_lapsed", 20 * KG),
    ]


async def test_the_next_round_chains_to_the_record_before_and_lasts_its_minutes(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative, lot(SARI, 20 * KG), lot(WATI, 90 * KG), left=50 * KG)
    await says(cooperative, WATI_CALLS, offers[WATI], 1)
    await cooperative.falls_due(ANSWER_BY)

    await cooperative.receives(held((await cooperative.events(WANTED))[-1], version=4))

    first, second = await cooperative.events("cooperative.sharing_published.v1")
    assert first_complaint(*await papers(cooperative, second["sharing_id"])) is None
    offer = (await cooperative.events(OFFERED))[-1]
    assert (second["round"], second["previous_hash"]) == (2, first["record_hash"])
    assert (offer["round"], offer["quantity"]) == (2, 20 * KG)
    assert ANSWER_BY + ROUND - timedelta(seconds=5) < _moment(offer["answer_by"]) < ANSWER_BY + ROUND * 1.1
    assert offer["sentences"]["id"].startswith("Bu Wati: diminta 60 kg dari 90 kg Cabai merah;")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_round_that_ends_too_near_to_firm_is_the_last(cooperative: ServiceUnderTest) -> None:
    await is_offered(cooperative, left=70 * KG)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(FIRM - ROUND / 2)

    assert "sharing_published" not in dict(since(await cooperative.events(), before))


async def test_what_catalog_never_answered_is_shared_again(cooperative: ServiceUnderTest) -> None:
    wanted = await is_shared(cooperative, lot(SARI, 20 * KG), lot(WATI, 90 * KG))
    await cooperative.receives(*[held(one) for one in wanted if UUID(one["lot_id"]) == LOTS[WATI]])
    (offer,) = await cooperative.events(OFFERED)
    await says(cooperative, WATI_CALLS, offer, 1)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(ANSWER_BY)

    assert since(await cooperative.events(), before) == [
        ("share_changed", 0),
        ("release_wanted", 20 * KG),
        ("sharing_published", None),
        ("hold_wanted", 20 * KG),
    ]
    assert UUID((await cooperative.events(WANTED))[-1]["lot_id"]) == LOTS[WATI]


async def test_an_assistant_answers_on_behalf_of_a_seller_and_the_event_says_so(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative)

    answer = await says(cooperative, DARTO_FOR_WATI, offers[WATI], 2, 5 * KG)

    (answered,) = await cooperative.events("cooperative.share_answered.v1")
    assert answer.status_code == 200
    assert (answered["actor"], answered["on_behalf_of"]) == (f"assistant:{DARTO}", str(WATI))
    assert (answered["seller_id"], answered["answer"], answered["quantity"]) == (str(WATI), "reduced", 5 * KG)


async def test_a_seller_with_two_lines_gets_a_question_for_each(cooperative: ServiceUnderTest) -> None:
    order = placed(5 * KG)
    more = order.lines[0].model_copy(update={"line_id": UUID(int=12345), "quantity": 7 * KG})
    order = order.model_copy(update={"lines": (*order.lines, more)})

    wanted = await is_shared(cooperative, lot(SARI, 20 * KG), order=order)
    await cooperative.receives(*[held(one, version=2 + n) for n, one in enumerate(wanted)])

    assert sorted(one["quantity"] for one in await cooperative.events(OFFERED)) == [5 * KG, 7 * KG]


async def test_days_asleep_close_the_round_and_make_firm_once_in_order(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 1)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(FIRM + timedelta(days=3))
    await cooperative.falls_due()

    assert since(await cooperative.events(), before) == [
        ("share_lapsed", 20 * KG),
        ("release_wanted", 20 * KG),
        ("share_lapsed", 20 * KG),
        ("release_wanted", 20 * KG),
        ("commit_wanted", 20 * KG),
    ]


async def test_when_everyone_said_yes_nothing_is_asked_again(cooperative: ServiceUnderTest) -> None:
    offers = await is_accepted(cooperative)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(ANSWER_BY)

    assert since(await cooperative.events(), before) == []
    assert by_seller(await cooperative.events(OFFERED)) == offers
