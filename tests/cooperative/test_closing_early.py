"""A manager closes a window before its time."""

from datetime import datetime, timedelta

import httpx
import pytest

from services.chassis.access import Caller
from tests.cooperative.people import CLOSES, KG, MANAGER, NOON, OTHER_MANAGER, WINDOW
from tests.cooperative.steps import three_lots
from tests.cooperative.told import book, placed
from tests.harness.service import ServiceUnderTest

EARLY = NOON + timedelta(minutes=30)


async def close(cooperative: ServiceUnderTest, at: datetime, caller: Caller = MANAGER) -> httpx.Response:
    cooperative.moves_to(at)
    async with cooperative.client(caller) as client:
        return await client.post(f"/windows/{WINDOW}/close")


async def test_orders_is_asked_to_close_the_book_and_who_asked_is_remembered(
    cooperative: ServiceUnderTest,
) -> None:
    answer = await close(cooperative, EARLY)

    (wanted,) = await cooperative.events()
    assert (wanted["type"], wanted["version"]) == ("cooperative.close_wanted.v1", 2)
    assert wanted["actor"] == answer.json()["closed_early_by"] == MANAGER.actor
    assert wanted["closes_at"] == answer.json()["closes_at"]
    assert datetime.fromisoformat(wanted["closes_at"]) < CLOSES


async def test_a_book_that_was_closed_early_is_shared_when_it_comes(cooperative: ServiceUnderTest) -> None:
    await close(cooperative, EARLY)

    await cooperative.receives(*three_lots(), placed(60 * KG), book())
    await cooperative.falls_due()

    wanted = await cooperative.events("cooperative.hold_wanted.v1")
    assert sum(one["quantity"] for one in wanted) == 60 * KG


@pytest.mark.parametrize(
    ("at", "code"), [(NOON - timedelta(hours=1), "not-open-yet"), (CLOSES, "already-closed")]
)
async def test_only_an_open_window_is_closed_early(
    cooperative: ServiceUnderTest, at: datetime, code: str
) -> None:
    refused = await close(cooperative, at)

    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert await cooperative.emitted() == []


async def test_it_is_closed_once_and_by_its_own_manager_alone(cooperative: ServiceUnderTest) -> None:
    others = await close(cooperative, EARLY, OTHER_MANAGER)
    await close(cooperative, EARLY)
    again = await close(cooperative, EARLY)

    assert others.status_code == 404
    assert again.json()["code"] == "already-closed"
    assert await cooperative.emitted() == ["cooperative.close_wanted.v1"]
