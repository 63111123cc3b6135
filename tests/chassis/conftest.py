"""The two probe services: in the test's own process without Kafka, or as processes on a real broker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from infra.stack import Stack
from services.chassis.running import Running
from services.chassis.service import Service, build
from services.chassis.tokens import SigningKey, write_key_set
from tests.chassis.probe import counters
from tests.chassis.probe.services import MIRROR, database, emptied
from tests.harness.service import ServiceUnderTest


@asynccontextmanager
async def alone(url: str, service: Service, folder: Path, **more: object) -> AsyncIterator[ServiceUnderTest]:
    """A probe service on its database, without Kafka."""
    key = SigningKey.new()
    write_key_set(folder / "keys.json", [key])
    told = {"keys": folder / "keys.json", "clock": folder / "clock", "stack": "embedded"}
    settings = service.settings.model_validate({"database_url": url, **told, **more})
    app = build(service, settings)
    running: Running = app.state.running
    try:
        yield ServiceUnderTest(service, app, running, key, folder / "clock")
    finally:
        await running.database.engine.dispose()


@pytest.fixture(scope="session")
def databases(stack: Stack) -> dict[str, str]:
    """One database per probe service, for tests without Kafka."""
    return {
        service.name: database(stack, service, f"alone_{service.name}")
        for service in (MIRROR, counters.SERVICE)
    }


@pytest.fixture
async def mirror(databases: dict[str, str], tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    """`mirror` on an empty database, without Kafka."""
    with psycopg.connect(databases["mirror"], autocommit=True) as connection:
        emptied(connection)
    async with alone(databases["mirror"], MIRROR, tmp_path) as service:
        yield service
