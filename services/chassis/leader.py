"""One active relay per service: a leader that beats, and standbys that depose a silent one."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import asyncpg

from services.chassis.failure import pause

BEAT_S = 1.0
SILENCE_S = 3.0
ENDS_S = 1.0
"""So long is waited for the end of a silent leader's session."""

_TAKE = "SELECT pg_try_advisory_lock(7002, 1)"
_HOLDER = (
    "SELECT locks.pid, relay.beat FROM pg_locks AS locks, relay WHERE locktype = 'advisory' AND granted"
    " AND classid = 7002 AND objid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_ANNOUNCE = "UPDATE relay SET pid = pg_backend_pid(), beat = clock_timestamp() WHERE id = 1"
_BEAT = "UPDATE relay SET beat = clock_timestamp() WHERE id = 1 AND pid = pg_backend_pid()"


_DEPOSE = f"SELECT pg_terminate_backend($1, {ENDS_S * 1000:.0f})"


class Deposed(ConnectionError):
    """Another replica leads now."""


@dataclass(slots=True)
class Seat:
    """The leader's seat, as seen from one session.

    A lock alone is not enough: a stopped process keeps its session and with it the lock. So the leader
    beats a row every second, and a standby that sees neither a new beat nor a new holder for three
    seconds ends the holder's session (same role) and tries again. A standby that was itself away for a
    while (a frozen machine) has seen nothing in that time: its count starts again.
    """

    session: "asyncpg.Connection[asyncpg.Record]"
    clock: Callable[[], float] = time.monotonic
    seen: tuple[object, ...] = ()
    since: float = 0.0
    looked: float = 0.0

    async def take(self) -> bool:
        """Try to take the seat; depose a holder that has been silent for `SILENCE_S`."""
        if await self.session.fetchval(_TAKE):
            await self.session.execute(_ANNOUNCE)
            return True
        holder = await self.session.fetchrow(_HOLDER)
        if holder is not None and self._is_silent(holder["pid"], holder["beat"]):
            await self.session.execute(_DEPOSE, holder["pid"])
            return await self.take()
        return False

    def _is_silent(self, pid: int, beat: object) -> bool:
        now = self.clock()
        away, self.looked = now - self.looked > SILENCE_S / 2, now
        if away or (pid, beat) != self.seen:
            self.seen, self.since = (pid, beat), now
        return now - self.since > SILENCE_S

    async def beat(self) -> None:
        """Show that the leader lives.

        Raises:
            Deposed: the seat is somebody else's.
        """
        if await self.session.execute(_BEAT) != "UPDATE 1":
            raise Deposed


async def beat_until(seat: Seat, turn: asyncio.Lock, stopping: asyncio.Event) -> None:
    """Beat every second, taking turns with whoever else uses the session."""
    while not stopping.is_set():
        async with turn:
            await seat.beat()
        await pause(stopping, BEAT_S)
