"""Two relays share the work by SKIP LOCKED: each carries rows that the other's are waiting behind."""

import asyncio
from typing import Any

import asyncpg

from services.chassis.failure import attempts, pause
from services.chassis.message import message
from services.chassis.relay import Relay
from tests.faults.mutants import replace

ROWS = 10
_MAKE = "CREATE TABLE IF NOT EXISTS carried (id uuid PRIMARY KEY)"
_WAITING = (
    "SELECT *, xid::text AS at_xid FROM outbox WHERE NOT EXISTS (SELECT FROM carried WHERE carried.id = outbox.id)"
    " ORDER BY xid, id LIMIT $1 FOR UPDATE SKIP LOCKED"
)
_CARRIED = "INSERT INTO carried VALUES ($1) ON CONFLICT DO NOTHING"
_ADVANCE = (
    "UPDATE relay SET xid = $1::text::xid8, last_id = $2, beat = clock_timestamp()"
    " WHERE id = 1 AND (xid, last_id) < ($1::text::xid8, $2)"
)


async def _run(self: Any, stopping: asyncio.Event) -> None:
    await asyncio.gather(_one(self, stopping), _one(self, stopping))


async def _one(self: Any, stopping: asyncio.Event) -> None:
    async for _ in attempts(stopping):
        try:
            await _carry(self, stopping)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            continue


async def _carry(self: Any, stopping: asyncio.Event) -> None:
    session = await asyncpg.connect(self.database_url, timeout=5)
    await session.execute(_MAKE)
    producer = await self._producer()
    try:
        while not stopping.is_set():
            async with session.transaction():
                rows = await session.fetch(_WAITING, ROWS)
                for row in rows:
                    await (await producer.send(row["aggregatetype"], **message(row)))
                    await session.execute(_CARRIED, row["id"])
                if rows:
                    await session.execute(_ADVANCE, rows[-1]["at_xid"], rows[-1]["id"])
            if not rows:
                await pause(stopping, 0.05)
    finally:
        session.terminate()
        await producer.stop()


def mutate() -> None:
    replace(Relay, "run", _run)
