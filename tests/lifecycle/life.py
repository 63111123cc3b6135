"""One example: the ground as founded, a clock, and what has happened so far."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import httpx

from services.chassis.ids import new_id
from tests.faults.checker.evidence import Row
from tests.faults.checker.violation import Violations, moment
from tests.lifecycle import judge
from tests.lifecycle.deaths import Killed
from tests.lifecycle.ground import Broke, Ground
from tests.lifecycle.identities import Now
from tests.lifecycle.look import Said, Seen
from tests.lifecycle.people import Person
from tests.lifecycle.story import Story

Done = TypeVar("Done")

MINUTE = timedelta(minutes=1)
MOST_DEADLINES = 100


class Broken(Exception):
    """An identity does not hold any more; the message is the story."""


KINDS: dict[str, type[Broken]] = {}
"""A class for each kind of violation, so that a story of one is not shrunk to a story of another."""


class Life:
    """What rules do things with, and know."""

    def __init__(self, ground: Ground, loop: asyncio.AbstractEventLoop) -> None:
        self.ground, self._loop = ground, loop
        self.story = Story()
        self.seen: dict[str, Seen] = {}
        self.granted = Counter[Said]()
        self.last: tuple[Any, ...] | None = None
        self.broken = self.rests = False
        self._run(self._begin())

    async def _begin(self) -> None:
        await self.ground.begin_again()
        self.seen |= await self.ground.look()
        self.story.founded(self.seen)
        for kept in self.seen.values():
            self.granted += kept.said

    def step(self, act: Coroutine[Any, Any, str], name: str) -> None:
        """Do something, tell it, and judge what stands then."""
        self.ground.clock.moves_to(self.ground.clock.moment + MINUTE)
        at = self.ground.clock.moment
        self.rests = False
        try:
            sentence = self._run(act)
        except (Exception, Killed) as error:
            self.story.tells(at, f"{name}: {error!r}")
            raise self._failure("broke", str(error)) from error
        self.story.tells(at, sentence)
        self._run(self._refresh())
        self._hold(judge.judge_step(self.now()))
        if self.rests:
            self._hold(judge.judge_at_rest(self.now()))

    def end(self) -> None:
        """Everything is told and heard, every deadline comes; then all must be settled."""
        if not self.broken:
            self.step(self.all_is_settled(), "all is settled")
            self.step(self._every_deadline_comes(), "every deadline comes")

    def now(self) -> Now:
        return Now(self.seen, self.ground.transport, self.granted, self.ground.clock.moment)

    async def asks(
        self,
        person: Person,
        service: str,
        path: str,
        body: Any,
        told: str,
        method: str = "POST",
        **headers: str,
    ) -> str:
        """A wish of a person. If it is granted, `told` is a fact; answers how it went."""
        headers["Idempotency-Key"] = str(new_id())
        caller = person.calls(self.ground.cooperative)
        answer = await self.ground.send(caller, method, service, path, headers=headers, body=body)
        self.last = (person, method, service, path, headers, body, told, answer)
        if answer.is_success:
            self.granted[told, str(answer.json()["id"])] += 1
            return ""
        return f": {_refusal(answer)}"

    async def asks_again(self) -> str:
        """The last wish once more: its answer did not arrive."""
        assert self.last is not None
        (person, method, service, path, headers, body, told, before), self.last = self.last, None
        caller = person.calls(self.ground.cooperative)
        answer = await self.ground.send(caller, method, service, path, headers=headers, body=body)
        if before.is_success and (answer.status_code, answer.content) != (before.status_code, before.content):
            raise Broke(f"another answer to the same request: {answer.status_code} {answer.text}")
        if answer.is_success and not before.is_success:  # what is refused may be asked again later
            self.granted[told, str(answer.json()["id"])] += 1
        return f"{person.as_told} got no answer, and sends {method} {path} again"

    async def all_is_settled(self, deaf: str | None = None) -> str:
        """At rest all identities hold, not just those of every step; unless one service has heard nothing."""
        await self.ground.settle(deaf=deaf)
        self.rests = deaf is None
        heard = f"{deaf} hears nothing, else all is" if deaf else "all is"
        return f"{heard} told, heard and done that is due"

    async def next_deadline(self) -> Row | None:
        """The earliest of what falls due later, in any service."""
        await self._refresh(told=False)
        later = [
            row for kept in self.seen.values() for row in kept.due if _at(row) > self.ground.clock.moment
        ]
        return min(later, key=_at) if later else None

    def to(self, deadline: Row, beyond: timedelta) -> None:
        self.ground.clock.moves_to(_at(deadline) + beyond)

    async def _every_deadline_comes(self) -> str:
        for _ in range(MOST_DEADLINES):
            await self.ground.settle()
            if (deadline := await self.next_deadline()) is None:
                self.rests = True
                return "every deadline came, and all was done"
            self.to(deadline, MINUTE)
        raise Broke(f"something falls due again and again: {deadline}")

    async def _refresh(self, *, told: bool = True) -> None:
        self.seen |= await self.ground.look()
        if told:
            self.story.meets(self.seen)

    def _hold(self, violations: Violations) -> None:
        if violation := judge.first(violations):
            self.story.meets(self.seen)
            raise self._failure(f"{violation.anomaly.name} in {violation.where}", str(violation))

    def _failure(self, kind: str, why: str) -> Broken:
        self.broken = True
        if kind not in KINDS:
            KINDS[kind] = type("Broken", (Broken,), {})
        return KINDS[kind](self.story.named(f"{why}\n\n{self.story}"))

    def _run(self, work: Coroutine[Any, Any, Done]) -> Done:
        return self._loop.run_until_complete(work)


def _at(row: Mapping[str, Any]) -> Any:
    return moment(row["at"])


def _refusal(answer: httpx.Response) -> str:
    return f"refused, {answer.json()['code']}"
