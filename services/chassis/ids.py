"""Event and aggregate ids: UUIDv7 that never goes back within a process, whatever the clock does; and secrets."""

import secrets
import threading
import time
from uuid import UUID, uuid4

_RANDOM_BITS = 74
_STEP_BITS = 40


class IdSequence:
    """Yields strictly rising UUIDv7 (RFC 9562 section 5.7, method 2: the random part counts up).

    The order of (transaction id, event id) must be the order of `emit`, so a clock that is set back
    keeps the last millisecond and counts on from there.
    """

    def __init__(self) -> None:
        self._millisecond = 0
        self._counter = 0
        self._guard = threading.Lock()

    def next(self) -> UUID:
        with self._guard:
            now = time.time_ns() // 1_000_000
            if now > self._millisecond:
                self._millisecond, self._counter = now, secrets.randbits(_RANDOM_BITS - 1)
            else:
                self._counter += 1 + secrets.randbits(_STEP_BITS)
            return _uuid7(self._millisecond, self._counter)


def _uuid7(millisecond: int, counter: int) -> UUID:
    rand_a, rand_b = counter >> 62, counter & ((1 << 62) - 1)
    return UUID(int=(millisecond << 80) | (0x7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b)


def uuid7_at(millisecond: int) -> UUID:
    """The smallest UUIDv7 of that millisecond since 1970: the bound of a partition."""
    return UUID(int=millisecond << 80)


_sequence = IdSequence()
new_id = _sequence.next


def new_secret() -> UUID:
    """122 random bits of the operating system: whoever knows them was told. An id tells its time and is none."""
    return uuid4()
