"""What cannot be frozen or solved, whatever is tried: the sharing is held, its manager told, and tried again."""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from sqlalchemy import func, select, update

from services.chassis.apart import Apart
from services.chassis.tables import due
from services.cooperative.domain import freeze
from services.cooperative.handlers.sharings import FREEZING, SOLVING
from services.cooperative.sharing import solved
from tests.cooperative.people import CLOSES, KG, MANAGER, WINDOW
from tests.cooperative.steps import reads, three_lots
from tests.cooperative.told import book, placed
from tests.harness.service import ServiceUnderTest

HELD = "cooperative.sharing_held.v1"


class Dying(Apart):
    """The process that does this work dies of it, each time."""

    def __init__(self, apart: Apart, of: Callable[..., Any]) -> None:
        super().__init__()
        self._apart, self._of = apart, of

    async def run(self, function: Callable[..., Any], *args: Any, within: float | None = None) -> Any:
        if function is self._of:
            raise BrokenProcessPool("out of memory")
        return await self._apart.run(function, *args, within=within)


async def tried(cooperative: ServiceUnderTest, kind: str, attempts: int) -> list[int]:
    """All that is due, each time that its pause is over; answers how often the work had failed before each."""
    seen: list[int] = []
    for _ in range(attempts):
        async with cooperative.tx() as tx:
            seen += await tx.scalars(select(due.c.attempts).where(due.c.kind == kind))
            await tx.execute(update(due).values(not_before=func.clock_timestamp()))
        await cooperative.falls_due()
    return seen


async def is_never_computed(cooperative: ServiceUnderTest, kind: str, of: Callable[..., Any]) -> str:
    """The work was tried as often as it may be; answers the id of the sharing that is held."""
    ahead = cooperative.running.sweep.ahead
    usual, ahead.apart = ahead.apart, Dying(ahead.apart, of)
    await cooperative.receives(*three_lots(), placed(60 * KG), book())
    await cooperative.falls_due(CLOSES)
    assert await tried(cooperative, kind, 4) == [1, 2, 3, 4]
    ahead.apart = usual
    (told,) = await cooperative.events(HELD)
    assert told["manager_id"] == str(MANAGER.id)
    return str(told["sharing_id"])


@pytest.mark.parametrize(("kind", "of"), [("freeze-sharing", freeze), ("publish-sharing", solved)])
async def test_a_sharing_whose_work_dies_again_and_again_is_held_and_computed_when_the_manager_says(
    cooperative: ServiceUnderTest, kind: str, of: Callable[..., Any]
) -> None:
    sharing_id = await is_never_computed(cooperative, kind, of)
    seen = await reads(cooperative, MANAGER, f"/sharings/{sharing_id}")
    (computed,) = (await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board"))["rounds"]

    async with cooperative.client(MANAGER) as client:
        again = await client.post(f"/sharings/{sharing_id}/retry")
    await cooperative.falls_due()

    assert computed["state"] == "held"
    assert (
        seen["complaint"]
        == computed["complaint"]
        == ("it failed 5 times, at last: BrokenProcessPool out of memory")
    )
    assert (again.status_code, again.json()["status"]) == (200, "frozen")
    (told,) = await cooperative.events("cooperative.sharing_published.v1")
    assert (told["sharing_id"], told["round"]) == (sharing_id, 1)
    assert sum(one["quantity"] for one in await cooperative.events("cooperative.hold_wanted.v1")) == 60 * KG


@pytest.mark.parametrize(("kind", "of"), [("freeze-sharing", freeze), ("publish-sharing", solved)])
async def test_a_sharing_that_is_tried_again_in_vain_is_held_again_after_as_many_attempts(
    cooperative: ServiceUnderTest, kind: str, of: Callable[..., Any]
) -> None:
    sharing_id = await is_never_computed(cooperative, kind, of)
    ahead = cooperative.running.sweep.ahead
    usual, ahead.apart = ahead.apart, Dying(ahead.apart, of)

    async with cooperative.client(MANAGER) as client:
        await client.post(f"/sharings/{sharing_id}/retry")
    assert await tried(cooperative, kind, 5) == [0, 1, 2, 3, 4]
    ahead.apart = usual

    told = await cooperative.events(HELD)
    assert [(one["sharing_id"], one["version"]) for one in told] == [(sharing_id, 1), (sharing_id, 2)]


async def test_a_book_that_is_told_again_changes_nothing_of_a_sharing_that_is_held(
    cooperative: ServiceUnderTest,
) -> None:
    sharing_id = await is_never_computed(cooperative, "freeze-sharing", freeze)
    before = await cooperative.emitted()

    await cooperative.receives(book(), book().model_copy(update={"version": 2}), placed(60 * KG))
    async with cooperative.tx() as tx:
        await tx.schedule("share-book", WINDOW, await tx.now())
    await cooperative.falls_due()

    (shown,) = (await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board"))["rounds"]
    async with cooperative.client(MANAGER) as client:
        again = await client.post(f"/sharings/{sharing_id}/retry")
    await cooperative.falls_due()
    assert (shown["state"], again.status_code) == ("held", 200)
    assert (await cooperative.emitted())[: len(before) + 1] == [*before, "cooperative.sharing_published.v1"]
    assert sum(one["quantity"] for one in await cooperative.events("cooperative.hold_wanted.v1")) == 60 * KG


async def test_a_sharing_that_was_never_frozen_ends_with_its_window(cooperative: ServiceUnderTest) -> None:
    sharing_id = await is_never_computed(cooperative, "freeze-sharing", freeze)
    async with cooperative.client(MANAGER) as client:
        again = await client.post(f"/sharings/{sharing_id}/retry")
        ended = await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})
    await cooperative.falls_due()

    assert (again.status_code, ended.status_code) == (200, 200)
    assert (await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board"))["rounds"] == []
    assert "cooperative.sharing_published.v1" not in await cooperative.emitted()


def test_freezing_and_solving_have_a_deadline_and_an_end() -> None:
    assert (FREEZING.attempts, SOLVING.attempts) == (5, 5)
    assert (FREEZING.within, SOLVING.within) == (900, 900)
