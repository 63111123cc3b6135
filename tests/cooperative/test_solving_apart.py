"""What may happen between freezing a sharing and publishing it: crashes, other replicas, false records, call-offs."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from services.chassis.apart import Apart
from services.chassis.due import Sweep
from services.cooperative.sharing import Solved
from tests.cooperative.people import CLOSES, FIRM, KG, MANAGER, ROUND, SARI, WINDOW
from tests.cooperative.steps import is_shared, reads, three_lots
from tests.cooperative.told import book, lot, placed
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

PUBLISHED = "cooperative.sharing_published.v1"


async def is_frozen(cooperative: ServiceUnderTest) -> None:
    """The book is taken, its sharing frozen, and nobody has begun to solve it."""
    await cooperative.receives(*three_lots(), placed(), book())
    cooperative.moves_to(CLOSES)
    sweep = cooperative.running.sweep
    assert await sweep.once() == 1
    await sweep.once()
    assert await sweep.ahead.settled()
    assert await sweep.once() == 1


async def board(cooperative: ServiceUnderTest) -> Any:
    return await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")


class Tampering(Apart):
    """Somebody changed the engine: what it answers for its work is not what it should."""

    def __init__(self, apart: Apart, change: Callable[[Solved], Solved]) -> None:
        super().__init__()
        self._apart, self._change = apart, change

    async def run(self, function: Callable[..., Any], *args: Any, within: float | None = None) -> Any:
        found = await self._apart.run(function, *args, within=within)
        return self._change(found) if isinstance(found, Solved) else found


async def test_the_board_says_that_a_sharing_is_being_computed(cooperative: ServiceUnderTest) -> None:
    await is_frozen(cooperative)

    (computed,) = (await board(cooperative))["rounds"]

    assert (computed["state"], computed["record_hash"], computed["shares"]) == ("frozen", None, {})


async def test_a_crash_while_solving_starts_again_and_gives_the_same_hash(
    cooperative: ServiceUnderTest, tmp_path: Path
) -> None:
    await is_frozen(cooperative)
    killed = Killed(tmp_path / "solving")
    dying = Sweep(
        cooperative.running.database, cooperative.running.reactions, None, cooperative.running.steps, killed
    )
    await dying.once()
    await until(lambda: asyncio.to_thread(killed.marker.exists), what="the process solves")
    os.kill(killed.pids[0], signal.SIGKILL)
    await dying.ahead.settled()

    await cooperative.falls_due()  # another replica, or the same service once it is up again

    (told,) = await cooperative.events(PUBLISHED)
    batch = (await reads(cooperative, MANAGER, f"/sharings/{told['sharing_id']}"))["batch"]
    again = await cooperative.running.sweep.ahead.apart.run(solved_again, json.dumps(batch))
    assert again == told["record_hash"]


class Killed(Apart):
    """Begins what it is given, leaves a mark, and never comes to its end."""

    def __init__(self, marker: Path) -> None:
        super().__init__()
        self.marker = marker

    async def run(self, function: Callable[..., Any], *args: Any, within: float | None = None) -> Any:
        return await super().run(begin_and_hang, str(self.marker), function, *args, within=within)


def begin_and_hang(marker: str, function: Callable[..., Any], *args: Any) -> None:
    function(*args)
    Path(marker).touch()
    time.sleep(3600)


def solved_again(batch: str) -> str:
    from services.cooperative.sharing.engine import read, solve

    return str(solve(read(batch.encode()))["output_hash"])


async def test_two_replicas_solve_and_publish_once(cooperative: ServiceUnderTest) -> None:
    await is_frozen(cooperative)
    running = cooperative.running
    other = Sweep(running.database, running.reactions, None, running.steps, running.sweep.ahead.apart)

    await asyncio.gather(running.sweep.once(), other.once())
    await asyncio.gather(running.sweep.ahead.settled(), other.ahead.settled())
    await asyncio.gather(running.sweep.once(), other.once())
    await cooperative.falls_due()

    assert (await cooperative.emitted()).count(PUBLISHED) == 1


async def test_a_record_that_the_verifier_finds_false_is_held_and_the_board_says_why(
    cooperative: ServiceUnderTest,
) -> None:
    ahead = cooperative.running.sweep.ahead
    shared = ahead.apart
    ahead.apart = Tampering(
        shared, lambda found: replace(found, complaint="seller S1: gives too much [stock]")
    )

    wanted = await is_shared(cooperative)
    ahead.apart = shared
    (held,) = (await board(cooperative))["rounds"]
    await cooperative.falls_due(FIRM)

    assert wanted == []
    assert (held["state"], held["complaint"]) == ("held", "seller S1: gives too much [stock]")
    assert await cooperative.emitted() == ["cooperative.sharing_held.v1", "cooperative.line_short.v1"]


async def is_held(cooperative: ServiceUnderTest) -> str:
    """The verifier finds the first record false; answers the sharing's id."""
    ahead = cooperative.running.sweep.ahead
    shared, ahead.apart = ahead.apart, Tampering(ahead.apart, lambda found: replace(found, complaint="false"))
    await is_shared(cooperative)
    ahead.apart = shared
    (told,) = await cooperative.events("cooperative.sharing_held.v1")
    return str(told["sharing_id"])


async def test_a_held_sharing_is_computed_again_from_the_frozen_batch_and_asks_its_sellers(
    cooperative: ServiceUnderTest,
) -> None:
    sharing_id = await is_held(cooperative)
    frozen = (await reads(cooperative, MANAGER, f"/sharings/{sharing_id}"))["batch"]
    await cooperative.receives(lot(SARI, 20 * KG, lot_id=UUID(int=77)))  # listed too late to be in it

    async with cooperative.client(MANAGER) as client:
        answers = [await client.post(f"/sharings/{sharing_id}/retry") for _ in range(2)]
    await cooperative.falls_due()

    assert [answer.status_code for answer in answers] == [200, 409]
    (told,) = await cooperative.events(PUBLISHED)
    assert (told["sharing_id"], told["version"]) == (sharing_id, 2)
    assert (await reads(cooperative, MANAGER, f"/sharings/{sharing_id}"))["batch"] == frozen
    assert sum(one["quantity"] for one in await cooperative.events("cooperative.hold_wanted.v1")) == 60 * KG


async def test_a_sharing_that_fails_again_is_held_again(cooperative: ServiceUnderTest) -> None:
    sharing_id = await is_held(cooperative)
    ahead = cooperative.running.sweep.ahead
    shared, ahead.apart = ahead.apart, Tampering(ahead.apart, lambda found: replace(found, complaint="still"))

    async with cooperative.client(MANAGER) as client:
        await client.post(f"/sharings/{sharing_id}/retry")
    await cooperative.falls_due()
    ahead.apart = shared

    told = await cooperative.events("cooperative.sharing_held.v1")
    assert [one["version"] for one in told] == [1, 2]
    assert (await reads(cooperative, MANAGER, f"/sharings/{sharing_id}"))["complaint"] == "still"


async def test_a_window_whose_sharing_is_held_can_be_called_off_and_then_not_shared(
    cooperative: ServiceUnderTest,
) -> None:
    sharing_id = await is_held(cooperative)
    async with cooperative.client(MANAGER) as client:
        called_off = await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})
        again = await client.post(f"/sharings/{sharing_id}/retry")

    assert called_off.status_code == 200
    assert (again.status_code, again.json()["code"]) == (409, "already-called-off")


async def test_no_held_sharing_is_computed_again_when_no_round_fits_in_before_firm(
    cooperative: ServiceUnderTest,
) -> None:
    sharing_id = await is_held(cooperative)
    cooperative.moves_to(FIRM - ROUND / 2)

    async with cooperative.client(MANAGER) as client:
        late = await client.post(f"/sharings/{sharing_id}/retry")

    assert (late.status_code, late.json()["code"]) == (409, "too-late-to-share")


async def test_a_batch_that_the_engine_cannot_read_is_held_too(cooperative: ServiceUnderTest) -> None:
    ahead = cooperative.running.sweep.ahead
    solved = await ahead.apart.run(solved_nonsense)

    assert solved.complaint.startswith("the engine failed: Refused: day")


def solved_nonsense() -> Solved:
    from services.cooperative.sharing import solved

    return solved('{"batch": "x"}', None, None, "{}", "{}")


async def test_a_window_called_off_while_solving_offers_nothing(cooperative: ServiceUnderTest) -> None:
    await is_frozen(cooperative)
    await cooperative.running.sweep.once()
    async with cooperative.client(MANAGER) as client:
        await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})

    await cooperative.falls_due()

    assert await cooperative.emitted() == ["cooperative.window_called_off.v1"]


async def test_a_window_that_became_firm_while_solving_offers_nothing(cooperative: ServiceUnderTest) -> None:
    await is_frozen(cooperative)
    await cooperative.running.sweep.once()

    await cooperative.falls_due(FIRM)

    assert await cooperative.emitted() == ["cooperative.line_short.v1"]
    assert (await board(cooperative))["rounds"] == []
