"""All four services in this process, without Kafka: events are carried by hand, in the order of the outbox."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select, text

from demo.story import Step, Story
from demo.world import World
from infra.services import SERVICES
from infra.stack import Stack
from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.chassis.message import message
from services.chassis.record import Record
from services.chassis.tables import outbox
from services.chassis.tokens import SigningKey, write_key_set
from tests.harness.service import ServiceUnderTest, under_test

Digest = dict[str, str]
NOT_STATE = ("alembic_version", "relay")
_TABLES = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    " AND NOT relispartition ORDER BY relname"
)


@dataclass
class Hamlet:
    """The services, the world that the story plays in, and how far each outbox was carried."""

    services: Mapping[str, ServiceUnderTest]
    world: World
    http: httpx.AsyncClient
    carried: dict[str, set[UUID]] = field(default_factory=lambda: {name: set() for name in SERVICES})

    async def send(self, caller: Caller | None, method: str, url: str, **more: Any) -> httpx.Response:
        """One request as this caller, with a new Idempotency-Key unless it brings its own."""
        headers = {"Idempotency-Key": str(new_id())} if method not in {"GET", "HEAD"} else {}
        headers |= {"Authorization": f"Bearer {self.world.token(caller)}"} if caller else {}
        sent = httpx.Headers(headers | more.pop("headers", {}), encoding="utf-8")
        return await self.http.request(method, url, headers=sent, **more)

    async def tell(self, story: Story, *steps: Step) -> None:
        """Play steps of the story; after each all that follows from it happens."""
        for step in steps:
            await step.do(story)
            await self.settle()
            await step.see(story)

    async def settle(self) -> None:
        """Carry events and do what is due until nothing is left to do."""
        while await self._carry() or await self._fall_due():
            pass

    async def _carry(self) -> int:
        fresh = [row for name in SERVICES for row in await self._fresh(name)]
        for service in self.services.values():
            wanted = [row for row in fresh if row["aggregatetype"] in service.running.reactions.topics]
            await service.takes(*[_record(service, row) for row in wanted])
        return len(fresh)

    async def _fresh(self, name: str) -> list[dict[str, Any]]:
        async with self.services[name].tx() as tx:
            rows = await tx.execute(select(outbox).order_by(outbox.c.xid, outbox.c.id))
            fresh = [dict(row._mapping) for row in rows if row.id not in self.carried[name]]
        self.carried[name] |= {row["id"] for row in fresh}
        return fresh

    async def _fall_due(self) -> int:
        return sum([await service.falls_due() for service in self.services.values()])

    async def digest(self) -> Digest:
        """What stands in every table of every service: equal only where nothing at all was changed."""
        digests = await asyncio.gather(*(_digest(one) for one in self.services.values()))
        return {f"{name}.{table}": told for name, of in zip(self.services, digests, strict=True)
                for table, told in of.items()}  # fmt: skip


def _record(service: ServiceUnderTest, row: Mapping[str, Any]) -> Record:
    service.offset += 1
    return Record(row["aggregatetype"], 0, service.offset, **message(row))


async def _digest(service: ServiceUnderTest) -> Digest:
    async with service.tx() as tx:
        tables = [name for name in await tx.scalars(_TABLES) if name not in NOT_STATE]
        each = " UNION ALL ".join(
            f"SELECT '{name}' AS name,"
            " count(*) || ' rows, ' || coalesce(sum(hashtextextended(row::text, 0)), 0) AS told"
            f' FROM "{name}" AS row'
            for name in tables
        )
        counted = (await tx.execute(text(each))).mappings()
        return {row["name"]: row["told"] for row in counted}


@asynccontextmanager
async def hamlet(stack: Stack, folder: Path) -> AsyncIterator[Hamlet]:
    """Empty databases, one key that all services trust, one clock."""
    async with AsyncExitStack() as stacked:
        services = {
            name: await stacked.enter_async_context(
                under_test(stack, _service(name), folder, body_bytes=64_000)
            )
            for name in SERVICES
        }
        key = SigningKey.new()
        write_key_set(folder / "keys.json", [key])
        http = await stacked.enter_async_context(httpx.AsyncClient(mounts=_mounts(services)))
        world = World({name: [f"http://{name}"] for name in SERVICES}, key, folder / "clock", (), http)
        yield Hamlet(services, world, http)


def _service(name: str) -> Any:
    return importlib.import_module(f"services.{name}.app").SERVICE


def _mounts(services: Mapping[str, ServiceUnderTest]) -> dict[str, httpx.AsyncBaseTransport | None]:
    return {
        f"all://{name}": httpx.ASGITransport(service.app, raise_app_exceptions=False)
        for name, service in services.items()
    }
