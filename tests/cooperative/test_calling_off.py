"""A window called off: shares end, holds are released, answers and books are too late."""

import asyncio

import httpx

from services.chassis.access import Caller
from tests.cooperative.people import CLOSES, FIRM, KG, MANAGER, OTHER_MANAGER, SARI, SARI_CALLS, WINDOW
from tests.cooperative.steps import is_offered, is_shared, says, since
from tests.cooperative.told import book, held, lot, placed, refused
from tests.harness.service import ServiceUnderTest


async def call_off(cooperative: ServiceUnderTest, caller: Caller = MANAGER) -> httpx.Response:
    async with cooperative.client(caller) as client:
        return await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})


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


async def test_holds_are_released_with_a_call_off_whether_catalog_has_answered_or_not(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_shared(cooperative)
    await call_off(cooperative)
    await cooperative.receives(held(first))

    await cooperative.falls_due()
    await cooperative.receives(held(second), refused(third))

    released = await cooperative.events("cooperative.release_wanted.v1")
    assert [(one["share_id"], one["reason"]) for one in released] == [
        (one["share_id"], "CALLED_OFF") for one in (first, second, third)
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


async def test_a_call_off_and_a_hold_at_once_leave_nothing_held(cooperative: ServiceUnderTest) -> None:
    wanted = await is_shared(cooperative)

    await asyncio.gather(call_off(cooperative), *[cooperative.receives(held(one)) for one in wanted])
    await cooperative.falls_due()

    released = await cooperative.events("cooperative.release_wanted.v1")
    assert {one["share_id"] for one in released} == {one["share_id"] for one in wanted}


async def test_a_firm_window_is_not_called_off(cooperative: ServiceUnderTest) -> None:
    await cooperative.falls_due(FIRM)

    answer = await call_off(cooperative)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-firm")
