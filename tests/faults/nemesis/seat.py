"""How long the events of a service wait for another relay when its leader is lost, told by its database."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.faults.nemesis.fault import HandOver

EVERY_S = 0.05
LONGEST_S = 60
IN_FLIGHT_S = 0.5
"""What the leader had asked of the database before it was lost is done by then."""
_LOOK = """
    SELECT relay.pid, relay.xid::text || last_id, relay.beat,
           EXISTS (SELECT FROM outbox WHERE (outbox.xid, outbox.id) > (relay.xid, last_id))
    FROM relay WHERE relay.id = 1
"""


@dataclass
class Seat:
    """The seat of a leader about to be lost. `standing_by`: whether there is anybody to take it."""

    dsn: str
    kind: str
    service: str
    standing_by: bool
    taken_over: list[HandOver]
    _before: tuple[object, ...] = ()
    _watching: set[asyncio.Task[None]] = field(default_factory=set)

    async def watch(self, began: float) -> None:
        """Until another session has the seat and has carried something, or has found nothing to carry.

        A leader that wakes in time keeps its seat, and a database that is away tells nothing: no hand-over then.
        """
        try:
            connection = await asyncpg.connect(self.dsn, timeout=5, command_timeout=5)
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return
        try:
            await self._watch(connection, began)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return
        finally:
            connection.terminate()

    async def _watch(self, connection: Any, began: float) -> None:
        last = None
        while (passed := time.monotonic() - began) < LONGEST_S:
            pid, cursor, beat, waits = await connection.fetchrow(_LOOK)
            if pid != self._before[0] and (cursor != self._before[1] or not waits):
                self.taken_over.append(HandOver(self.kind, self.service, began, began + passed))
                return
            if pid == self._before[0] and passed > IN_FLIGHT_S:
                if last is not None and beat != last:
                    return
                last = beat
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Who has the seat, and how far it has come, at the last moment before."""
        connection = await asyncpg.connect(self.dsn, timeout=5, command_timeout=5)
        try:
            self._before = tuple(await connection.fetchrow(_LOOK))
        finally:
            connection.terminate()

    def begin(self) -> None:
        watching = asyncio.create_task(self.watch(time.monotonic()))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)


@asynccontextmanager
async def lost(seat: Seat | None) -> AsyncIterator[None]:
    """The leader is lost inside; from then on it is watched who takes its seat."""
    if seat is None or not seat.standing_by:
        yield
        return
    try:
        await seat.look()
    except (OSError, TimeoutError, asyncpg.PostgresError):
        yield
        return
    yield
    seat.begin()
