"""Runs a service as `services.run` would, with a clock that is off or a known-bad design: only the suite can.

python -m tests.faults.launch orders --mutant cursor_by_id --skew 3600
"""

import argparse
import importlib
import os
import random
import signal
from collections.abc import Awaitable, Callable

from services.chassis import clock, points
from services.run import serve
from tests.chassis.launch import skewed

POINTS = ("request-done", "before-commit", "group-committed", "group-applied", "group-sent", "event-handled")


class Dying:
    """After SIGUSR1 the process kills itself at its next arrival at a point, drawn anew each time."""

    def __init__(self, seed: str) -> None:
        self._drawn = random.Random(seed)
        self._at: str | None = None
        signal.signal(signal.SIGUSR1, self._arm)

    def _arm(self, _signal: int, _frame: object) -> None:
        self._at = self._drawn.choice(POINTS)

    async def reached(self, point: str) -> None:
        if point == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("service")
    parser.add_argument("--mutant", help="a module of tests.faults.mutants")
    parser.add_argument("--skew", type=float, default=0.0)
    parser.add_argument("--seed", default="0")
    told = parser.parse_args()
    listener: Callable[[str], Awaitable[None]] = Dying(told.seed).reached
    points.arm(listener)
    if told.skew:
        vars(clock)["datetime"] = skewed(told.skew)
    if told.mutant:
        importlib.import_module(f"tests.faults.mutants.{told.mutant}").mutate()
    serve(importlib.import_module(f"services.{told.service}.app").SERVICE)


if __name__ == "__main__":
    main()
