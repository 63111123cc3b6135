"""Interleaved repeats, medians with their spread, and ratios of runs made one after the other."""

import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Goal:
    """`of` divided by `to`, and what that should be; `to` is the limit."""

    of: str
    to: str
    bound: float
    least: bool = True

    def ratios(self, samples: Mapping[str, Sequence[float]]) -> list[float]:
        return [one / limit for one, limit in zip(samples[self.of], samples[self.to], strict=True)]

    def is_met(self, samples: Mapping[str, Sequence[float]]) -> bool:
        reached = median(self.ratios(samples))
        return reached >= self.bound if self.least else reached <= self.bound

    def __str__(self) -> str:
        return f"{'>=' if self.least else '<='} {self.bound:g} x {self.to}"


@dataclass
class Figure:
    """One row of the table: its samples by name, in one unit, and what they are held to."""

    name: str
    unit: str
    samples: dict[str, list[float]] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    note: str = ""

    def kept(self) -> dict[str, Any]:
        ratios = {f"{goal.of} / {goal.to}": goal.ratios(self.samples) for goal in self.goals}
        return asdict(self) | {"ratios": ratios}


async def interleaved(contenders: Mapping[str, Measure], repeats: int, told: str) -> dict[str, list[float]]:
    """Each contender once per repeat, another one first each time, so that a slow minute hits them all."""
    samples: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for repeat in range(repeats):
        turn = repeat % len(names)
        for name in names[turn:] + names[:turn]:
            found = await contenders[name]()
            samples[name].append(round(found, 3))
            say(f"{told}: {name} {found:,.1f}")
    return samples


_began = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - _began:7.1f} s  {text}", file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "kernel": platform.release(),
        "load before": [round(one, 2) for one in os.getloadavg()],
    }
