"""The two probe services: in the test's own process without Kafka, or as processes on a real broker."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from infra.stack import Stack
from services.chassis.logs import JsonLines
from services.chassis.running import Running
from services.chassis.service import Service, build
from services.chassis.tokens import SigningKey, write_key_set
from tests.chassis.broker import make_topics
from tests.chassis.probe.services import MIRROR, SERVICES, database, emptied
from tests.chassis.processes import processes
from tests.chassis.world import World
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
    return {name: database(stack, service, f"alone_{name}") for name, service in SERVICES.items()}


@pytest.fixture
async def mirror(databases: dict[str, str], tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    """`mirror` on an empty database, without Kafka."""
    with psycopg.connect(databases["mirror"], autocommit=True) as connection:
        emptied(connection)
    async with alone(databases["mirror"], MIRROR, tmp_path) as service:
        yield service


@pytest.fixture(scope="session")
def world(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Empty databases and topics for the probe services as processes, shared by all tests of the session."""
    folder = tmp_path_factory.mktemp("probe")
    write_key_set(folder / "keys.json", [SigningKey.new()])
    make_topics(stack.kafka)
    urls = {name: database(stack, service, f"probe_{name}") for name, service in SERVICES.items()}
    with processes(folder, urls, stack.kafka) as running:
        yield World(stack, running)


@pytest.fixture
def launched(world: World) -> Iterator[World]:
    """The same world; every process that the test started is ended with it."""
    yield world
    world.processes.end_all()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What this process would write to its log as the service `mirror`."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines("mirror"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]
