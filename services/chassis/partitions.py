"""Partitions of outbox and inbox: one a day, made ahead, and dropped whole when nobody needs them."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.chassis.failure import is_transient
from services.chassis.ids import uuid7_at

log = logging.getLogger(__name__)

DAYS_AHEAD = 3
OUTBOX_DAYS = 2

_ALONE = text("SELECT pg_advisory_xact_lock(7003, 1)")
_PARTS = text(
    "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid"
    " WHERE inhparent = CAST(:parent AS regclass) ORDER BY child.relname"
)
_CARRIED = (
    "SELECT NOT EXISTS (SELECT FROM {part} AS part, relay"
    " WHERE (part.xid, part.id) > (relay.xid, relay.last_id))"
)
_FORGOTTEN = (
    "SELECT coalesce(max(received_at) < clock_timestamp() - interval '{days} days', true) FROM {part}"
)


async def tend(engine: AsyncEngine, inbox_days: int, today: datetime) -> None:
    """Make the partitions of the days around `today` (real clock), drop those that are done with.

    A failure only delays it: without a partition rows go to the default one.
    """
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    steps = [partial(_make, parent=parent, day=day) for parent in ("outbox", "inbox") for day in days]
    forgotten = _FORGOTTEN.replace("{days}", str(inbox_days))
    steps += [
        partial(_drop, parent="outbox", before=_days_before(today, OUTBOX_DAYS), done_with=_CARRIED),
        partial(_drop, parent="inbox", before=_days_before(today, inbox_days), done_with=forgotten),
    ]
    for step in steps:
        try:
            async with engine.begin() as connection:
                await step(connection)
        except Exception as error:
            if not isinstance(error, DBAPIError) and not is_transient(error):
                raise
            log.warning("partitions are tended later: %s", error)
            if is_transient(error):
                return


async def _make(connection: AsyncConnection, parent: str, day: datetime) -> None:
    await connection.execute(_ALONE)
    name = f"{parent}_{day:%Y%m%d}"
    if name in await _parts(connection, parent):
        return
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    bounds = [uuid7_at(int(edge.timestamp() * 1000)) for edge in (start, start + timedelta(days=1))]
    await connection.execute(
        text(f"CREATE TABLE {name} PARTITION OF {parent} FOR VALUES FROM ('{bounds[0]}') TO ('{bounds[1]}')")
    )


async def _drop(connection: AsyncConnection, parent: str, before: str, done_with: str) -> None:
    await connection.execute(_ALONE)
    for part in await _parts(connection, parent):
        day = part.rpartition("_")[2]
        if not day.isdigit() or day >= before:
            continue
        # whoever is still writing into it is waited for, before anybody looks whether it is done with
        await connection.execute(text(f"LOCK TABLE ONLY {parent}, {part} IN ACCESS EXCLUSIVE MODE"))
        if await connection.scalar(text(done_with.format(part=part))):
            await connection.execute(text(f"DROP TABLE {part}"))
            log.info("dropped %s", part)


async def _parts(connection: AsyncConnection, parent: str) -> Iterable[str]:
    return list(await connection.scalars(_PARTS, {"parent": parent}))


def _days_before(today: datetime, days: int) -> str:
    return f"{today - timedelta(days=days):%Y%m%d}"
