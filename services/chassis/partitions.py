"""Partitions of outbox and inbox: one a day, made ahead, and dropped whole when nobody needs them."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.chassis import strays
from services.chassis.failure import is_transient
from services.chassis.ids import uuid7_at

Step = Callable[[AsyncEngine], Awaitable[None]]

log = logging.getLogger(__name__)

DAYS_AHEAD = 3
OUTBOX_DAYS = 2

_ALONE = text("SELECT pg_advisory_xact_lock(7003, 1)")
_PARTS = text(
    "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid"
    " WHERE inhparent = CAST(:parent AS regclass) ORDER BY child.relname"
)
_IS_PART = text("SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(:name))")
_CARRIED = (
    "SELECT NOT EXISTS (SELECT FROM {part} AS part, relay"
    " WHERE (part.xid, part.id) > (relay.xid, relay.last_id))"
)
_FORGOTTEN = (
    "SELECT coalesce(max(received_at) < clock_timestamp() - interval '{days} days', true) FROM {part}"
)


async def tend(engine: AsyncEngine, inbox_days: int, today: datetime) -> None:
    """Make the partitions around `today` (real clock), drop those that are done with, and empty the default ones.

    The inbox has those of the days behind too: after weeks of outage events come whose ids are as old.
    A failure only delays it: without a partition rows go to the default one.
    """
    forgotten = _FORGOTTEN.replace("{days}", str(inbox_days))
    outbox_before, inbox_before = today - timedelta(days=OUTBOX_DAYS), today - timedelta(days=inbox_days)
    steps: list[Step] = [
        *[partial(_make, parent="outbox", day=day) for day in _days(today, 0)],
        *[partial(_make, parent="inbox", day=day) for day in _days(today, inbox_days)],
        partial(_drop, parent="outbox", before=outbox_before, done_with=_CARRIED),
        partial(_drop, parent="inbox", before=inbox_before, done_with=forgotten),
        partial(strays.remove, parent="outbox", before=_starts(outbox_before), inbox_days=inbox_days),
        partial(strays.remove, parent="inbox", before=_starts(inbox_before), inbox_days=inbox_days),
    ]
    for step in steps:
        try:
            await step(engine)
        except Exception as error:
            if not isinstance(error, DBAPIError) and not is_transient(error):
                raise
            log.warning("partitions are tended later: %s", error)
            if is_transient(error):
                return


def _days(today: datetime, behind: int) -> list[datetime]:
    """Today and those ahead first: they are wanted soonest."""
    return [today + timedelta(days=off) for off in (*range(DAYS_AHEAD + 1), *range(-1, -behind - 1, -1))]


def _starts(day: datetime) -> str:
    """The smallest id of that day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return str(uuid7_at(int(midnight.timestamp() * 1000)))


async def _make(engine: AsyncEngine, parent: str, day: datetime) -> None:
    name = f"{parent}_{day:%Y%m%d}"
    bounds = _starts(day), _starts(day + timedelta(days=1))
    async with engine.begin() as connection:
        if await connection.scalar(_IS_PART, {"name": name}):
            return
        await connection.execute(_ALONE)
        if await connection.scalar(_IS_PART, {"name": name}):
            return  # another replica was quicker
        if not await strays.has_some(connection, parent, bounds):
            await connection.execute(text(f"DROP TABLE IF EXISTS {name}"))  # a move that was never ended
            edges = f"FROM ('{bounds[0]}') TO ('{bounds[1]}')"
            await connection.execute(text(f"CREATE TABLE {name} PARTITION OF {parent} FOR VALUES {edges}"))
            return
    await strays.adopt(engine, parent, name, bounds)


async def _drop(engine: AsyncEngine, parent: str, before: datetime, done_with: str) -> None:
    async with engine.connect() as connection:
        parts = await _parts(connection, parent)
    for part in parts:
        day = part.rpartition("_")[2]
        if day.isdigit() and day < f"{before:%Y%m%d}":
            await _drop_one(engine, parent, part, done_with)


async def _drop_one(engine: AsyncEngine, parent: str, part: str, done_with: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(_ALONE)
        if not await connection.scalar(_IS_PART, {"name": part}):
            return  # another replica was quicker
        # whoever is still writing into it is waited for, before anybody looks whether it is done with
        await connection.execute(text(f"LOCK TABLE ONLY {parent}, {part} IN ACCESS EXCLUSIVE MODE"))
        if await connection.scalar(text(done_with.format(part=part))):
            await connection.execute(text(f"DROP TABLE {part}"))
            log.info("dropped %s", part)


async def _parts(connection: AsyncConnection, parent: str) -> Iterable[str]:
    return list(await connection.scalars(_PARTS, {"parent": parent}))
