"""Firm, commitments and calling off, on a real database."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from services.chassis.access import Caller
from tests.cooperative.people import (
    ANSWER_BY,
    CLOSES,
    FIRM,
    KG,
    LINE,
    MANAGER,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    TUTI,
    WINDOW,
    book,
    committed,
    held,
    lot,
    placed,
    refused,
)
from tests.cooperative.steps import is_firm, is_offered, is_settled, is_shared, says, since
from tests.harness.service import ServiceUnderTest

LINES = ("cooperative.line_filled.v1", "cooperative.line_short.v1")


async def call_off(cooperative: ServiceUnderTest, caller: Caller = MANAGER) -> httpx.Response:
    async with cooperative.client(caller) as client:
        return await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})


async def told_of_line(cooperative: ServiceUnderTest) -> dict[str, Any]:
    (line,) = await cooperative.events(*LINES)
    return line


async def test_at_firm_every_accepted_share_is_to_be_committed(cooperative: ServiceUnderTest) -> None:
    wanted = await is_firm(cooperative)

    assert [one["quantity"] for one in wanted] == [20 * KG] * 3
    assert await cooperative.events(*LINES) == []


async def test_firm_closes_an_open_round_first(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 2, 5 * KG)
    async with cooperative.tx() as tx:
        await tx.unschedule("close-round", WINDOW)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(FIRM)

    assert sorted(since(await cooperative.events(), before)) == [
        ("commit_wanted", 5 * KG),
        ("release_wanted", 15 * KG),
        ("release_wanted", 20 * KG),
        ("release_wanted", 20 * KG),
        ("share_lapsed", 20 * KG),
        ("share_lapsed", 20 * KG),
    ]


async def test_a_line_is_filled_when_its_last_commitment_is_in(cooperative: ServiceUnderTest) -> None:
    first, second, third = await is_firm(cooperative)
    await cooperative.receives(committed(first), committed(second))
    before = len(await cooperative.emitted())

    await cooperative.receives(committed(third))

    assert since(await cooperative.events(), before) == [("share_committed", 20 * KG), ("line_filled", None)]
    line = await told_of_line(cooperative)
    assert (line["line_id"], line["ordered"], line["filled"]) == (str(LINE), 60 * KG, 60 * KG)
    assert [(part["name"], part["quantity"]) for part in line["villages"]] == [
        ("Cisuru", 20 * KG),
        ("Serang", 20 * KG),
        ("Mulyadadi", 20 * KG),
    ]


async def test_two_commitments_that_complete_a_line_at_once_tell_it_once(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_firm(cooperative)
    await cooperative.receives(committed(first))

    await asyncio.gather(cooperative.receives(committed(second)), cooperative.receives(committed(third)))

    assert (await told_of_line(cooperative))["filled"] == 60 * KG


async def test_a_line_that_is_complete_is_found_by_the_sweep_too(cooperative: ServiceUnderTest) -> None:
    wanted = await is_firm(cooperative)
    await cooperative.receives(*[committed(one) for one in wanted[:2]])

    await cooperative.falls_due(FIRM + timedelta(minutes=2))
    assert await cooperative.events(*LINES) == []
    await cooperative.receives(committed(wanted[2]))
    await cooperative.falls_due(FIRM + timedelta(minutes=10))

    assert (await told_of_line(cooperative))["type"] == "cooperative.line_filled.v1"


async def test_what_catalog_cannot_commit_leaves_the_line_short_with_the_reason(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_firm(cooperative)

    await cooperative.receives(committed(first, 15 * KG), committed(second, 0), committed(third))

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (35 * KG, 25 * KG, "NOT_COMMITTED")


async def test_the_same_commitment_told_in_two_messages_counts_once(cooperative: ServiceUnderTest) -> None:
    wanted = await is_firm(cooperative)

    await cooperative.receives(*[committed(one) for one in wanted])
    await cooperative.receives(*[committed(one, version=9) for one in wanted])

    emitted = await cooperative.emitted()
    assert emitted.count("cooperative.share_committed.v1") == 3
    assert emitted.count("cooperative.line_filled.v1") == 1


async def test_a_line_that_nobody_could_serve_is_short_at_firm(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative, lot(SARI, 20 * KG, grade="B"))

    await cooperative.falls_due(FIRM)

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (0, 60 * KG, "NO_ELIGIBLE_LOT")


async def test_a_line_with_too_little_stock_is_short_by_what_is_missing(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative, lot(SARI, 20 * KG), lot(TUTI, 30 * KG))

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (50 * KG, 10 * KG, "NO_STOCK")


async def test_a_line_that_could_not_be_asked_again_is_short_as_too_late(
    cooperative: ServiceUnderTest,
) -> None:
    (wanted,) = await is_shared(cooperative, lot(SARI, 20 * KG))
    await cooperative.receives(held(wanted))
    async with cooperative.tx() as tx:
        await tx.schedule("close-round", WINDOW, FIRM - timedelta(minutes=5))

    await cooperative.falls_due(FIRM - timedelta(minutes=5))
    await cooperative.falls_due(FIRM)

    assert (await told_of_line(cooperative))["reason"] == "TOO_LATE"


async def test_a_called_off_window_ends_every_share_and_releases_every_hold(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 1)
    before = len(await cooperative.emitted())

    answer = await call_off(cooperative)
    await cooperative.falls_due()
    await cooperative.falls_due(FIRM)

    assert (answer.status_code, answer.json()["status"]) == (200, "called_off")
    assert since(await cooperative.events(), before) == [
        ("window_called_off", None),
        *[("share_changed", 0), ("release_wanted", 20 * KG)] * 3,
    ]


async def test_a_hold_that_comes_after_the_call_off_is_released_and_not_asked_for(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_shared(cooperative)
    await call_off(cooperative)
    await cooperative.receives(held(first))

    await cooperative.falls_due()
    await cooperative.receives(held(second), refused(third))

    released = await cooperative.events("cooperative.release_wanted.v1")
    assert [(one["share_id"], one["reason"]) for one in released] == [
        (first["share_id"], "CALLED_OFF"),
        (second["share_id"], "CALLED_OFF"),
    ]
    assert await cooperative.events("cooperative.share_offered.v1") == []


async def test_a_book_that_comes_after_the_call_off_is_ignored(cooperative: ServiceUnderTest) -> None:
    await call_off(cooperative)

    await cooperative.receives(lot(SARI, 20 * KG), placed(), book())
    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due(FIRM)

    assert await cooperative.emitted() == ["cooperative.window_called_off.v1"]


async def test_an_answer_after_the_call_off_is_refused_with_the_reason(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)
    await call_off(cooperative)

    at_once = await says(cooperative, SARI_CALLS, offers[SARI], 1)
    await cooperative.falls_due()
    later = await says(cooperative, SARI_CALLS, offers[SARI], 1)

    assert (at_once.status_code, at_once.json()["code"]) == (409, "already-called-off")
    assert (later.status_code, later.json()["code"]) == (409, "already-called-off")


async def test_a_window_is_called_off_once_by_its_own_manager_and_not_after_firm(
    cooperative: ServiceUnderTest,
) -> None:
    stranger = await call_off(cooperative, OTHER_MANAGER)
    first = await call_off(cooperative)
    second = await call_off(cooperative)

    assert [one.status_code for one in (stranger, first, second)] == [404, 200, 409]
    assert second.json()["code"] == "already-called-off"


async def test_a_firm_window_is_not_called_off(cooperative: ServiceUnderTest) -> None:
    await cooperative.falls_due(FIRM)

    answer = await call_off(cooperative)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-firm")


async def test_a_call_off_and_a_hold_at_once_leave_nothing_held(cooperative: ServiceUnderTest) -> None:
    wanted = await is_shared(cooperative)

    await asyncio.gather(call_off(cooperative), *[cooperative.receives(held(one)) for one in wanted])
    await cooperative.falls_due()

    released = await cooperative.events("cooperative.release_wanted.v1")
    assert {one["share_id"] for one in released} == {one["share_id"] for one in wanted}


async def test_answers_of_catalog_in_any_order_and_late_change_nothing_that_is_settled(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    before = await cooperative.emitted()
    wanted = await cooperative.events("cooperative.hold_wanted.v1")

    await cooperative.receives(
        *[held(one, version=11) for one in wanted],
        *[refused(one, version=12) for one in wanted],
        *[committed(one, version=13) for one in wanted],
    )
    await cooperative.falls_due(ANSWER_BY)

    assert await cooperative.emitted() == before
