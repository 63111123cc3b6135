"""How much one caller may send: bytes per request, requests per minute."""

import time
from collections import Counter
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.chassis.answers import BodyTooLarge, TooManyRequests, answer

MINUTE_S = 60


class BodyLimit:
    """Refuses a body over `largest` bytes: at once where its length is announced, else as it comes in."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self.app, self.largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _announced(Request(scope)) > self.largest:
            await answer(BodyTooLarge(limit=self.largest), Request(scope))(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest:
                raise BodyTooLarge(limit=self.largest)
            return message

        await self.app(scope, counted, send)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


class Rate:
    """Counts per caller and period in this process, usually requests a minute; each replica counts for itself."""

    def __init__(
        self, most: int, clock: Callable[[], float] = time.monotonic, period_s: int = MINUTE_S
    ) -> None:
        self._most, self._clock, self._period_s = most, clock, period_s
        self._counts: Counter[str] = Counter()
        self._period = 0

    def count(self, caller: str) -> None:
        """One more of this caller.

        Raises:
            TooManyRequests: the caller has had this period's share.
        """
        left_s = self._left_s()
        self._counts[caller] += 1
        if self._counts[caller] > self._most:
            raise TooManyRequests(seconds=left_s)

    def check(self, caller: str) -> None:
        """Count nothing, only refuse whom the next one would be too much.

        Raises:
            TooManyRequests: the caller has had this period's share.
        """
        left_s = self._left_s()
        if self._counts[caller] >= self._most:
            raise TooManyRequests(seconds=left_s)

    def _left_s(self) -> int:
        period, second = divmod(int(self._clock()), self._period_s)
        if period != self._period:
            self._counts.clear()
            self._period = period
        return self._period_s - second
