"""Parked events of `mirror`, and what its operators do about them, at chosen moments."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from services.chassis import inbox, points
from services.chassis.group import EARLIER
from services.chassis.parked import Operator, Parked
from services.chassis.record import Delivery, Record, read
from services.chassis.tables import outbox, parked_history
from tests.harness.service import ServiceUnderTest

RINI = Operator("rini", "the bug is fixed")
_WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def operating(mirror: ServiceUnderTest) -> Parked:
    return Parked(mirror.running.database, mirror.running.reactions)


async def set_aside(mirror: ServiceUnderTest, *records: Record) -> None:
    """As the consumer does where the first of them failed."""
    for place, one in enumerate(records):
        item = read(one, mirror.running.reactions)
        assert isinstance(item, Delivery)
        async with mirror.tx() as tx:
            await inbox.first_time(tx, [item.id])
            await inbox.park(tx, item, EARLIER if place else "ValueError: a bug", tries=0 if place else 1)


async def waiting(mirror: ServiceUnderTest) -> int:
    """How many transactions wait for a lock on keys."""
    async with mirror.tx() as tx:
        return int(await tx.scalar(_WAITING))


async def history(mirror: ServiceUnderTest) -> list[tuple[Any, ...]]:
    """Action, who, why and version of all that operators did, in order."""
    wanted = select(
        parked_history.c.action, parked_history.c.who, parked_history.c.why, parked_history.c.version
    )
    async with mirror.tx() as tx:
        return [tuple(row) for row in await tx.execute(wanted.order_by(parked_history.c.number))]


async def letters(mirror: ServiceUnderTest) -> list[Any]:
    """The dead letters on their way to Kafka, in order."""
    async with mirror.tx() as tx:
        wanted = select(outbox).where(outbox.c.original.is_not(None)).order_by(outbox.c.id)
        return list(await tx.execute(wanted))


def at_each_replay(monkeypatch: pytest.MonkeyPatch, do: Callable[[], Awaitable[None]]) -> None:
    """Do this whenever an event was replayed, and its transaction is still open."""

    async def listener(point: str) -> None:
        if point == "event-replayed":
            await do()

    monkeypatch.setattr(points, "_listeners", [listener])
