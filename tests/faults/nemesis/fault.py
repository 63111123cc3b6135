"""A fault as drawn: its kind, what it hits, how long it lasts; and what every kind of fault is given to work with."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.faults.ground.ground import Ground

LASTS = (1, 2, 2, 4, 4, 8, 8, 15, 30, 60)
"""Seconds, before they are varied a little."""


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
class Scene:
    """The ground, what is taken by a fault right now, and the ids that the suite made itself."""

    ground: Ground
    injected: set[str] = field(default_factory=set)
    poisoned: set[str] = field(default_factory=set)
    victims: list[str] = field(default_factory=list)
    """Lots that no window asks for, whose key may be made unreadable."""
    wrong: list[str] = field(default_factory=list)
    """What a fault itself saw go wrong, such as a replica that was ready and should not have been."""
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
    drawn: random.Random, kinds: list[str], seconds: float, hands: int, longest: float
) -> list[list[Fault]]:
    """For each hand a row of faults, every kind as often as any other, until the time is over."""
    rows = []
    for _ in range(hands):
        row, at, deck = list[Fault](), drawn.uniform(1, 4), list[str]()
        while kinds and at < seconds:
            if not deck:
                deck = drawn.sample(kinds, len(kinds))
            lasts = min(longest, drawn.choice(LASTS) * drawn.uniform(0.7, 1))
            row.append(Fault.named(deck.pop(), at, lasts, drawn.random()))
            at += lasts + drawn.uniform(1, 5)
        rows.append(row)
    return rows
