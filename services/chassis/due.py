"""Due rows: what a service must do when a time has come, also after an outage; once, in order."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, text, tuple_, update

from services.chassis.ahead import Ahead
from services.chassis.apart import Apart
from services.chassis.database import Database
from services.chassis.failure import in_words, is_conflict, is_late, is_transient, pause
from services.chassis.hearing import Ends, Hearing
from services.chassis.reaction import Duty, Reactions, lock_for
from services.chassis.steps import Steps
from services.chassis.tables import due
from services.chassis.trace import Origin
from services.chassis.tx import Tx

log = logging.getLogger(__name__)

EVERY_S = 0.25
SOON_S = 0.01
"""After a sweep that did something: work that is done in parts goes on, and the others have had their turn."""
AT_ONCE = 100
DEADLINE_S = 30

_ORDER = due.c.at, due.c.kind, due.c.key
_LATER = text("clock_timestamp() + least(300, power(2, least(due.attempts, 10))) * interval '1 second'")


@dataclass(frozen=True, slots=True)
class Row:
    """A due row: for which aggregate, of which kind, since when, and how often it has failed."""

    kind: str
    key: UUID
    at: datetime
    attempts: int = field(default=0, compare=False)


class Sweep:
    """Looks for due rows and runs the service's duties for them, each in a transaction of its own."""

    def __init__(
        self,
        database: Database,
        reactions: Reactions,
        ends: Ends | None,
        steps: Steps,
        apart: Apart | None = None,
    ) -> None:
        self._database = database
        self.ahead = Ahead(database, apart or Apart())
        self._duties = reactions.duties
        self._steps = steps
        self._hearing = Hearing(database, ends)
        self.waits_for = ""
        """Why nothing that is due is done, when it is not: the dependency that is away."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Sweep until told to stop."""
        while not stopping.is_set():
            wait_s = EVERY_S
            try:
                wait_s = SOON_S if await self.once() else EVERY_S
                self.waits_for = ""
            except Exception as error:
                if not is_transient(error):
                    raise
                self.waits_for = f"due work: {in_words(error)}"
                log.warning("the sweep waits: %s", error)
            await pause(stopping, wait_s)
        await self.ahead.stop()

    async def once(self) -> int:
        """Run what is due now, earliest first; answer how many duties were done.

        What has to wait (something is still unheard, its work is not done, or it failed) holds back what is due
        later for the same key, and nothing else.
        """
        done, held_back, left = 0, set[UUID](), set[Row]()
        async for page in self._pages():
            unheard = await self._hearing.unheard({row: self._duties[row.kind].hears for row in page})
            for row in page:
                if row.key not in held_back and row not in unheard and await self._ready_and_run(row):
                    done += 1
                else:
                    held_back.add(row.key)
                    left.add(row)
        self._hearing.forget_all_but(left)
        self.ahead.forget_all_but(left)
        return done

    async def _ready_and_run(self, row: Row) -> bool:
        return self.ahead.ready(row, self._duties[row.kind].work) and await self._run(row)

    async def _pages(self) -> AsyncIterator[list[Row]]:
        async with self._database.transaction() as tx:
            now = await tx.now()  # what a duty schedules for this moment is for the next sweep
        page = await self._page(now)
        while page:
            yield page
            page = await self._page(now, after=page[-1])

    async def _page(self, now: datetime, after: Row | None = None) -> list[Row]:
        wanted = select(due).where(due.c.at <= now, due.c.kind.in_(self._duties), _free())
        if after is not None:
            wanted = wanted.where(tuple_(*_ORDER) > tuple_(after.at, after.kind, str(after.key)))
        async with self._database.transaction() as tx:
            rows = await tx.execute(wanted.order_by(*_ORDER).limit(AT_ONCE))
            return [Row(row.kind, UUID(row.key), row.at, row.attempts) for row in rows]

    async def _run(self, row: Row) -> bool:
        try:
            async with asyncio.timeout(DEADLINE_S), self._database.transaction() as tx:
                done = await self._fulfil(tx, self._duties[row.kind], row, *self.ahead.result(row))
        except Exception as error:
            if is_conflict(error):
                return False
            self.ahead.forget(row)
            if is_transient(error) and not is_late(error) and not await self._database.answers():
                raise
            log.exception("%s for %s failed; tried again later", row.kind, row.key)
            await self._postpone(row)
            return False
        return done

    async def _fulfil(self, tx: Tx, duty: Duty, row: Row, *worked: Any) -> bool:
        await lock_for(tx, (duty.keys, row.key))
        claimed = await tx.execute(
            delete(due).where(*_exactly(row)).returning(due.c.traceparent, due.c.causationid)
        )
        if (origin := claimed.one_or_none()) is None:
            return False
        with self._steps.duty(row.kind, Origin(*origin)) as tx.begun_by:
            await duty.handler(row.key, tx, *worked)
        return True

    async def _postpone(self, row: Row) -> None:
        async with self._database.transaction() as tx:
            put_off = update(due).where(*_exactly(row))
            await tx.execute(put_off.values(attempts=due.c.attempts + 1, not_before=_LATER))


def _exactly(row: Row) -> tuple[ColumnElement[bool], ...]:
    return due.c.kind == row.kind, due.c.key == str(row.key), due.c.at == row.at


def _free() -> ColumnElement[bool]:
    """Neither put off, nor behind a row of its key that is."""
    earlier = due.alias("earlier")
    behind = select(earlier.c.key).where(
        earlier.c.key == due.c.key, earlier.c.at <= due.c.at, earlier.c.not_before > func.clock_timestamp()
    )
    return ~behind.exists()
