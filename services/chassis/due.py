"""Due rows: what a service must do when a time has come, also after an outage; once, in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, text, update

from services.chassis.database import Database
from services.chassis.failure import LocksMoved, is_conflict, is_transient, pause
from services.chassis.reaction import Duty, Reactions, keys_of
from services.chassis.tables import due, positions
from services.chassis.tx import Tx

log = logging.getLogger(__name__)

EVERY_S = 0.25
AT_ONCE = 100
DEADLINE_S = 30

Part = tuple[str, int]
Ends = Callable[[Iterable[str]], Awaitable[dict[Any, tuple[int, int]]]]
"""First and next offset of each partition of some topics, as of now."""


@dataclass(frozen=True, slots=True)
class Row:
    """A due row: for which aggregate, of which kind, since when."""

    kind: str
    key: UUID
    at: datetime


class Sweep:
    """Looks for due rows and runs the service's duties for them, each in a transaction of its own."""

    def __init__(self, database: Database, reactions: Reactions, ends: Ends | None) -> None:
        self._database = database
        self._duties = reactions.duties
        self._ends = ends
        self._must_hear: dict[Row, dict[Any, tuple[int, int]]] = {}

    async def run(self, stopping: asyncio.Event) -> None:
        """Sweep until told to stop."""
        while not stopping.is_set():
            try:
                await self.once()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("the sweep waits: %s", error)
            await pause(stopping, EVERY_S)

    async def once(self) -> int:
        """Run what is due now, earliest first; answer how many duties were done."""
        done = 0
        for row in await self._due():
            if await self._heard(row):
                done += await self._run(row)
        return done

    async def _due(self) -> list[Row]:
        async with self._database.transaction() as tx:
            pending = or_(due.c.not_before.is_(None), due.c.not_before <= func.clock_timestamp())
            wanted = select(due).where(due.c.at <= await tx.now(), due.c.kind.in_(self._duties), pending)
            rows = await tx.execute(wanted.order_by(due.c.at, due.c.kind, due.c.key).limit(AT_ONCE))
            return [Row(row.kind, UUID(row.key), row.at) for row in rows]

    async def _heard(self, row: Row) -> bool:
        topics = self._duties[row.kind].hears
        if self._ends is None or not topics:
            return True
        if row not in self._must_hear:
            self._must_hear[row] = await self._ends(topics)
        async with self._database.transaction() as tx:
            reached = {
                (one.topic, one.partition): one.next_offset for one in await tx.execute(select(positions))
            }
        return all(
            first == end or reached.get(part, 0) >= end for part, (first, end) in self._must_hear[row].items()
        )

    async def _run(self, row: Row) -> bool:
        duty = self._duties[row.kind]
        try:
            async with asyncio.timeout(DEADLINE_S), self._database.transaction() as tx:
                done = await _fulfil(tx, duty, row)
        except Exception as error:
            if is_conflict(error):
                return False
            if is_transient(error):
                raise
            log.exception("%s for %s failed; tried again later", row.kind, row.key)
            await self._postpone(row)
            return False
        self._must_hear.pop(row, None)
        return done

    async def _postpone(self, row: Row) -> None:
        async with self._database.transaction() as tx:
            later = text("clock_timestamp() + least(300, power(2, due.attempts)) * interval '1 second'")
            put_off = update(due).where(due.c.kind == row.kind, due.c.key == str(row.key), due.c.at == row.at)
            await tx.execute(put_off.values(attempts=due.c.attempts + 1, not_before=later))


async def _fulfil(tx: Tx, duty: Duty, row: Row) -> bool:
    keys = await keys_of(duty.keys, tx, row.key)
    if keys:
        await tx.lock(*keys)
        if not await keys_of(duty.keys, tx, row.key) <= keys:
            raise LocksMoved
    claim = delete(due).where(due.c.kind == row.kind, due.c.key == str(row.key), due.c.at == row.at)
    if await tx.scalar(claim.returning(due.c.kind)) is None:
        return False
    await duty.handler(row.key, tx)
    return True
