"""One service under test: the real application on a real database, fed by hand instead of by Kafka."""

import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import NAMESPACE_OID, UUID, uuid5

import httpx
import psycopg
from alembic import command
from fastapi import FastAPI
from sqlalchemy import select

from infra.clock import set_offset
from infra.contracts.judge import misfit
from infra.stack import Stack
from services.chassis import database
from services.chassis.access import Caller
from services.chassis.apart import Apart
from services.chassis.envelope import Envelope
from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.record import Record
from services.chassis.running import Running
from services.chassis.service import Service, build
from services.chassis.tables import outbox, parked
from services.chassis.tokens import ISSUER, SigningKey, issue, write_key_set
from services.chassis.tx import Tx
from services.migrate import config
from tests.harness.empty import empty

TOKEN_LASTS = timedelta(hours=6)
_MIGRATED: set[str] = set()
PATIENCE_MS = 60_000
"""A session that stands still in a transaction is not ended sooner: here it is the machine that stood still."""
APART = Apart()
"""One process for long work serves all tests of a run; starting one for each would cost a second each."""


def migrated(stack: Stack, service: str) -> str:
    """The address of the service's test database: empty, and at the code's revision."""
    url = stack.add_database(f"test_{service}")
    with psycopg.connect(url, autocommit=True) as connection:
        if service not in _MIGRATED:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            os.environ["LUMBUNG_DATABASE_URL"] = url
            command.upgrade(config(service), "head")
            _MIGRATED.add(service)
        empty(connection)
    return url


@dataclass
class ServiceUnderTest:
    """A service without Kafka: `receives` is its consumer group, `emitted` its outbox, `falls_due` its time."""

    service: Service
    app: FastAPI
    running: Running
    key: SigningKey
    clock: Path
    offset: int = 0

    async def receives(self, *events: Event, actor: str = "service:test", at: datetime | None = None) -> None:
        """Deliver events as one group. Equal type, key and version are the same event: delivered again."""
        await self.takes(*[self.record(event, actor, at) for event in events])

    async def takes(self, *records: Record) -> None:
        """Deliver raw Kafka records as one group."""
        await self.running.group.apply(records)

    def record(self, event: Event, actor: str = "service:test", at: datetime | None = None) -> Record:
        """The event as Kafka would bring it, at the next offset."""
        event_id = uuid5(NAMESPACE_OID, f"{event.type}/{event.key}/{event.version}")
        self.offset += 1
        envelope = Envelope(
            id=event_id,
            source=f"/lumbung/{event.topic.partition('.')[0]}",
            type=event.type,
            time=at or datetime.now(UTC),
            subject=str(event.key),
            version=event.version,
            actor=actor,
        )
        value = event.model_dump_json().encode()
        return Record(event.topic, 0, self.offset, str(event.key).encode(), value, envelope.headers())

    async def emitted(self) -> list[str]:
        """Types of all events in the outbox, in order."""
        return [event["type"] for event in await self.events()]

    async def events(self, *types: str) -> list[dict[str, Any]]:
        """The outbox's events (of these types) in order: their fields, and `type`, `actor`, `on_behalf_of`."""
        async with self.tx() as tx:
            rows = list(
                await tx.execute(select(outbox).where(outbox.c.original.is_(None)).order_by(outbox.c.id))
            )
        told = [
            {"type": row.type, "actor": row.actor, "on_behalf_of": row.onbehalfof, **json.loads(row.payload)}
            for row in rows
        ]
        return [event for event in told if not types or event["type"] in types]

    async def misfits(self) -> list[str]:
        """What stands in the outbox and is not as its schema allows."""
        async with self.tx() as tx:
            rows = list(await tx.execute(select(outbox).where(outbox.c.original.is_(None))))
        return [wrong for row in rows if (wrong := misfit(row.type, json.loads(row.payload)))]

    async def parked(self) -> list[str]:
        """Causes of all parked records."""
        async with self.tx() as tx:
            return list(await tx.scalars(select(parked.c.cause).order_by(parked.c.parked_at)))

    def moves_to(self, at: datetime) -> None:
        """Set the judged clock to a moment; it goes on from there."""
        set_offset(self.clock, (at - datetime.now(UTC)).total_seconds())

    async def falls_due(self, at: datetime | None = None) -> int:
        """Move the clock (when a moment is given) and run all that is due; answer how many duties that were."""
        if at is not None:
            self.moves_to(at)
        done = 0
        while (more := await self.running.sweep.once()) or await self.running.sweep.ahead.settled():
            done += more
        return done

    def tx(self, caller: Caller | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction on the service's database, to arrange and to look."""
        return self.running.transaction(caller)

    def token(self, caller: Caller) -> str:
        return issue(self.key, caller, issuer=ISSUER, lasts=TOKEN_LASTS)

    def client(self, caller: Caller | None = None, **headers: str) -> httpx.AsyncClient:
        """An HTTP client of this caller; each unsafe request gets a new Idempotency-Key unless it has one."""
        if caller is not None:
            headers["Authorization"] = f"Bearer {self.token(caller)}"
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        hooks = {"request": [_with_key]}
        return httpx.AsyncClient(
            transport=transport, base_url="http://test", headers=headers, event_hooks=hooks
        )


async def _with_key(request: httpx.Request) -> None:
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        request.headers.setdefault("Idempotency-Key", str(new_id()))


@asynccontextmanager
async def under_test(
    stack: Stack, service: Service, folder: Path, **more: object
) -> AsyncIterator[ServiceUnderTest]:
    """The service on an empty database, without Kafka; what it emits must fit its schemas. `more` are settings."""
    key = SigningKey.new()
    write_key_set(folder / "keys.json", [key])
    settings = service.settings.model_validate(
        {
            "database_url": migrated(stack, service.name),
            "keys": folder / "keys.json",
            "clock": folder / "clock",
            "stack": "embedded",
            "requests_per_minute": 1_000_000,
            **more,
        }
    )
    with patch.object(database, "IDLE_IN_TRANSACTION_MS", PATIENCE_MS):
        app = build(service, settings)
    running: Running = app.state.running
    running.sweep.ahead.apart = APART
    tested = ServiceUnderTest(service, app, running, key, folder / "clock")
    try:
        yield tested
        assert await tested.misfits() == []
    finally:
        await running.database.engine.dispose()


def person(
    role: str, *villages: str, cooperative: UUID | None = None, acts_for: UUID | None = None
) -> Caller:
    """A made-up caller with a new id."""
    return Caller(new_id(), role, tuple(villages), cooperative, acts_for)


def types_of(events: Sequence[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in events]
