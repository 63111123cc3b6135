"""Opens the ground: databases, applications, clock and transport, and the cooperative that all stories begin with."""

import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from infra.services import SERVICES
from infra.stack import Stack
from services.chassis.tokens import SigningKey, write_key_set
from tests.harness.service import ServiceUnderTest, under_test
from tests.lifecycle.clock import StoryClock, counted_ids
from tests.lifecycle.deaths import Deaths
from tests.lifecycle.ground import Ground
from tests.lifecycle.people import ASSISTANT, MANAGER, OPERATOR, SELLERS, VILLAGES
from tests.lifecycle.transport import Transport

PSEUDONYMS = UUID(int=7)
"""What would be drawn by chance, and decide between sellers who are alike."""
CHILLI: dict[str, Any] = {
    "name": "Cabai rawit",
    "unit": "g",
    "per": 1000,
    "grades": ["A", "B"],
    "selling_units": [],
    "step": 1000,
    "reference_price": 36_000,
    "dated": True,
}


@asynccontextmanager
async def opened(stack: Stack, folder: Path) -> AsyncIterator[Ground]:
    """Four services with one clock and one key, and a founded cooperative."""
    async with AsyncExitStack() as stacked:
        services = {
            name: await stacked.enter_async_context(under_test(stack, _service(name), folder))
            for name in SERVICES
        }
        key = SigningKey.new()
        write_key_set(folder / "keys.json", [key])
        clock, deaths = StoryClock(), Deaths()
        stacked.enter_context(counted_ids(clock))
        stacked.enter_context(deaths.watching())
        http = await stacked.enter_async_context(httpx.AsyncClient(mounts=_mounts(services)))
        looks = {name: await _look_through(stacked, service) for name, service in services.items()}
        ground = Ground(services, http, key, clock, Transport(services, clock), deaths, looks)
        for name, service in services.items():
            service.running.database.clock = clock
            ground.restarts(name)
        await _found(ground)
        yield ground
        for name in SERVICES:
            await looks[name].execute("DROP SCHEMA founded CASCADE")


def _service(name: str) -> Any:
    return importlib.import_module(f"services.{name}.app").SERVICE


def _mounts(services: Mapping[str, ServiceUnderTest]) -> dict[str, httpx.AsyncBaseTransport | None]:
    return {f"all://{name}": httpx.ASGITransport(service.app) for name, service in services.items()}


async def _look_through(stacked: AsyncExitStack, service: ServiceUnderTest) -> Any:
    """A session beside the service's own. No power is cut here, so nobody waits for the disk."""
    connection = await asyncpg.connect(service.running.settings.database_url)
    stacked.push_async_callback(connection.close)
    await connection.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
    stacked.push_async_callback(connection.execute, "ALTER ROLE CURRENT_USER RESET synchronous_commit")
    return connection


async def _found(ground: Ground) -> None:
    """The cooperative with its villages, members and chilli, known to all services."""
    founding = {"name": "Koperasi Cipari", "district": "33.01.18", "manager_id": str(MANAGER.id)}
    made = await ground.tell(OPERATOR.calls(None), "cooperative", "/cooperatives", founding)
    ground.cooperative = UUID(made["id"])
    manager = MANAGER.calls(ground.cooperative)
    for code, name in VILLAGES.items():
        await ground.tell(manager, "cooperative", "/villages", {"code": code, "name": name})
    for person in (ASSISTANT, *SELLERS):
        member = {"person_id": str(person.id), "role": person.role, "name": person.name}
        await ground.tell(manager, "cooperative", "/members", member | {"village": person.village})
    listed = await ground.tell(manager, "cooperative", "/commodities", CHILLI)
    ground.chilli = listed["id"]
    await ground.looks["cooperative"].execute("UPDATE cooperatives SET pseudonym_key = $1", PSEUDONYMS)
    await ground.settle()
    await ground.keep_as_founded()
