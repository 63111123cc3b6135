"""A fault as drawn: its kind, what it hits, how long it lasts; and what every kind of fault is given to work with."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from infra.services import SERVICES
from tests.faults.ground.ground import Ground

LASTS = (1, 2, 2, 4, 4, 8, 8, 15, 30, 60)
"""Seconds, before they are varied a little."""
AFTER_S = 10
"""So long after a fault what it hit is perhaps still on its way back."""
HARMLESS = {"redeliver", "poison", "false-clock"}
"""What keeps no relay from carrying."""


@dataclass(frozen=True)
class Fault:
    """`dice` decides what is still open when its time has come, such as which replica of `service` (any)."""

    kind: str
    at: float
    lasts: float
    dice: float
    service: str = ""

    @classmethod
    def named(cls, name: str, at: float, lasts: float, dice: float) -> "Fault":
        """Of `kill`, or `kill:orders` where only one service is to be hit."""
        kind, _, service = name.partition(":")
        return cls(kind, round(at, 2), round(lasts, 2), dice, service)

    def choose(self, things: list[str]) -> str:
        return sorted(things)[int(self.dice * len(things))]


@dataclass
class Blow:
    """A fault that was begun: what it hit is known once it is over. Moments are of this machine's monotonic clock."""

    kind: str
    began: float
    hit: str = ""
    ended: float | None = None

    def touches(self, since: float, until: float) -> bool:
        return self.began < until and (self.ended is None or since < self.ended + AFTER_S)


def _began(blow: Blow) -> float:
    return blow.began


@dataclass(frozen=True)
class HandOver:
    """A relay's leader was lost by a fault of this kind, and another had taken over."""

    kind: str
    service: str
    lost: float
    taken: float

    @property
    def seconds(self) -> float:
        return round(self.taken - self.lost, 2)

    def alone(self, blows: Iterable[Blow]) -> bool:
        """Whether nothing else was amiss meanwhile with what the service stands on, or with its other replicas."""
        blows = list(blows)
        own = max(
            (one for one in blows if one.kind == self.kind and one.began <= self.lost),
            key=_began,
            default=None,
        )
        others = [one for one in blows if one is not own and one.touches(self.lost, self.taken)]
        return not any(map(self._hinders, others))

    def _hinders(self, blow: Blow) -> bool:
        if blow.kind in HARMLESS:
            return False
        service = blow.hit.partition(".")[0]
        return service == self.service or service not in SERVICES


@dataclass
class Scene:
    """The ground, what is taken by a fault right now, and the ids that the suite made itself."""

    ground: Ground
    injected: set[str] = field(default_factory=set)
    poisoned: set[str] = field(default_factory=set)
    victims: list[str] = field(default_factory=list)
    """Lots that no window asks for, whose key may be made unreadable."""
    wrong: list[str] = field(default_factory=list)
    """What a fault itself saw go wrong, such as a replica that was ready and should not have been."""
    blows: list[Blow] = field(default_factory=list)
    taken_over: list[HandOver] = field(default_factory=list)
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def lock(self, name: str) -> asyncio.Lock:
        """One fault at a time on one thing; brokers share one, so that most of them stay up."""
        return self.locks.setdefault(name, asyncio.Lock())

    async def wait(self, seconds: float) -> None:
        """As long as the fault lasts, or until the run is over."""
        try:
            await asyncio.wait_for(self.over.wait(), seconds)
        except TimeoutError:
            return


Doing = Callable[[Scene, Fault], Awaitable[str]]
"""Does it, lets it last, undoes it; answers what was hit."""


def rounds(
    drawn: random.Random, kinds: list[str], seconds: float, hands: int, longest: float, rest: tuple[int, int]
) -> list[list[Fault]]:
    """For each hand a row of faults, every kind as often as any other, until the time is over.

    `rest`: seconds, least and most, from the end of a hand's fault to its next: recovery needs time to be seen.
    """
    rows = []
    for _ in range(hands):
        row, at, deck = list[Fault](), drawn.uniform(1, 4), list[str]()
        while kinds and at < seconds:
            if not deck:
                deck = drawn.sample(kinds, len(kinds))
            lasts = min(longest, drawn.choice(LASTS) * drawn.uniform(0.7, 1))
            row.append(Fault.named(deck.pop(), at, lasts, drawn.random()))
            at += lasts + drawn.uniform(*rest)
        rows.append(row)
    return rows
