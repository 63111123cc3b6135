"""Dying at a named moment: whatever a process had not committed then never happened."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.chassis import points


class Killed(BaseException):
    """No code of a service may catch it, as none can catch a kill -9."""


class Deaths:
    """One death at a time is arranged, at the n-th time that its moment is reached."""

    def __init__(self) -> None:
        self._moment, self._left = "", 0

    async def __call__(self, point: str) -> None:
        if point == self._moment:
            self._left -= 1
            if self._left == 0:
                self._moment = ""
                raise Killed(point)

    @contextmanager
    def arranged(self, moment: str, turn: int) -> Iterator[None]:
        """Within the block the process dies there, if it comes so far."""
        self._moment, self._left = moment, turn
        try:
            yield
        finally:
            self._moment = ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        points.arm(self)
        try:
            yield
        finally:
            points._listeners.remove(self)
