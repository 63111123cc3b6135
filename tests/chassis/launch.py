"""Runs a probe service as `services.run` would, with its crash points armed: the only way to arm them.

python -m tests.chassis.launch mirror --kill group-committed:2 --hold before-commit:/tmp/held --skew 10
"""

import argparse
import asyncio
import os
import signal
from collections import Counter
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from services.chassis import clock, points
from services.run import serve
from tests.chassis.probe.services import SERVICES

PERIOD = 0.02


class Arming:
    """Kills its own process at the n-th arrival at a point, or stands still there while a file exists."""

    def __init__(self, kill: str | None, hold: str | None) -> None:
        self._kill_at, _, self._arrival = (kill or "").partition(":")
        self._hold_at, _, file = (hold or "").partition(":")
        self._file = Path(file)
        self._arrivals: Counter[str] = Counter()

    async def reached(self, point: str) -> None:
        self._arrivals[point] += 1
        if point == self._kill_at and self._arrivals[point] == int(self._arrival):
            os.kill(os.getpid(), signal.SIGKILL)
        while point == self._hold_at and self._file.exists():
            self._file.with_suffix(".reached").touch()
            await asyncio.sleep(PERIOD)


def skewed(seconds: float) -> type[datetime]:
    """A clock of this process that is off by so much; its moments are as good as any."""

    class AnyMoment(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class Skewed(datetime, metaclass=AnyMoment):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Skewed":
            moment = datetime.now(tz) + timedelta(seconds=seconds)
            return cls.fromisoformat(moment.isoformat())

    return Skewed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("service", choices=sorted(SERVICES))
    parser.add_argument("--kill", help="POINT:N")
    parser.add_argument("--hold", help="POINT:FILE")
    parser.add_argument("--skew", type=float, default=0.0)
    told = parser.parse_args()
    points.arm(Arming(told.kill, told.hold).reached)
    if told.skew:
        vars(clock)["datetime"] = skewed(told.skew)
    serve(SERVICES[told.service])


if __name__ == "__main__":
    main()
