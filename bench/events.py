"""Events to carry and to take in: the life of lots as catalog tells it, after the examples of the schemas."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from infra.home import CHECKOUT
from services.chassis.ids import new_id

TOPIC = "catalog.lots"
STORY = ("catalog.lot_listed.v1", "catalog.stock_held.v1", "catalog.lot_repriced.v1", "catalog.stock_held.v1")
"""Of each lot, in this order."""
AT_ONCE = 64
"""Lots whose events come mixed."""
PER_COMMIT = 100
COLUMNS = (
    "id", "aggregatetype", "aggregateid", "type", "payload", "version", "time", "source", "actor", "traceparent",
)  # fmt: skip
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
Row = tuple[Any, ...]


def rows(count: int) -> Iterator[Row]:
    """Outbox rows of so many events, about a quarter as many lots."""
    examples = [example(kind) for kind in STORY]
    at, lots = datetime.now(UTC), [new_id() for _ in range(AT_ONCE)]
    for number in range(count):
        if number and number % (AT_ONCE * len(STORY)) == 0:
            lots = [new_id() for _ in range(AT_ONCE)]
        step = number // AT_ONCE % len(STORY)
        yield _row(lots[number % AT_ONCE], step + 1, STORY[step], examples[step], at)


def _row(lot: UUID, version: int, kind: str, example: dict[str, Any], at: datetime) -> Row:
    payload = json.dumps(example | {"lot_id": str(lot), "version": version}, separators=(",", ":")).encode()
    actor = f"seller:{lot}"
    return new_id(), TOPIC, str(lot), kind, payload, version, at, "/lumbung/catalog", actor, TRACE


def example(kind: str) -> dict[str, Any]:
    [first, *_] = sorted((CHECKOUT / "schemas" / "examples" / kind).glob("*.json"))
    found: dict[str, Any] = json.loads(first.read_text(encoding="utf-8"))
    return found


def value(kind: str) -> bytes:
    """An event of this type, as bytes."""
    return json.dumps(example(kind), separators=(",", ":")).encode()


async def forget(url: str) -> None:
    """Empty what was told and taken, and put the relay's cursor back."""
    async with connected(url) as session:
        await session.execute("TRUNCATE outbox, inbox, positions")
        await session.execute("UPDATE relay SET xid = '0', last_id = '00000000-0000-0000-0000-000000000000'")


async def fill(url: str, count: int) -> None:
    """Let so many events wait in the outbox, as many small transactions would have left them."""
    waiting = list(rows(count))
    async with connected(url) as session:
        for start in range(0, count, PER_COMMIT):
            part = waiting[start : start + PER_COMMIT]
            await session.copy_records_to_table("outbox", records=part, columns=COLUMNS)
        await session.execute("ANALYZE outbox")


async def remember(url: str, count: int, times: int) -> None:
    """Make history of the events that wait, and of `times` as many more in outbox and inbox."""
    columns = ", ".join(COLUMNS[1:])
    async with connected(url) as session:
        for _ in range(times):
            await session.execute(
                f"INSERT INTO outbox (id, {columns})"  # noqa: S608 - our own column names
                f" SELECT uuidv7(), {columns} FROM (SELECT * FROM outbox ORDER BY id LIMIT {count:d}) AS waiting",
                timeout=300,
            )
        await session.execute(
            "INSERT INTO inbox SELECT uuidv7() FROM generate_series(1, $1::int)",
            count * (times + 1),
            timeout=300,
        )
        await session.execute(
            "UPDATE relay SET xid = last.xid, last_id = last.id, beat = clock_timestamp()"
            " FROM (SELECT xid, id FROM outbox ORDER BY xid DESC, id DESC LIMIT 1) AS last"
        )
        for table in ("outbox", "inbox"):
            await session.execute(f"VACUUM (ANALYZE) {table}", timeout=300)


async def carried(url: str) -> None:
    """Wait until the relay has left nothing behind; what a transaction elsewhere held back it takes later."""
    async with connected(url) as session:
        while await session.fetchval(
            "SELECT EXISTS (SELECT FROM outbox, relay WHERE (outbox.xid, outbox.id) > (relay.xid, relay.last_id))"
        ):
            await asyncio.sleep(0.01)


async def taken(url: str, columns: str) -> Sequence[Any]:
    """All waiting rows in the relay's order."""
    async with connected(url) as session:
        found: Sequence[Any] = await session.fetch(
            f"SELECT {columns} FROM outbox, relay"  # noqa: S608 - our own column names
            " WHERE (outbox.xid, outbox.id) > (relay.xid, relay.last_id) ORDER BY outbox.xid, outbox.id"
        )
    return found


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    session = await asyncpg.connect(url)
    try:
        yield session
    finally:
        await session.close()
