"""The service of things on real PostgreSQL, without Kafka."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from infra.stack import Stack
from services.chassis.service import build
from services.chassis.settings import Settings
from services.chassis.tokens import SigningKey, write_key_set
from tests.chassis.http.things import PROMISES, SERVICE, Pauses, metadata
from tests.harness.service import ServiceUnderTest

EMPTY = "TRUNCATE things, outbox, idempotency CASCADE"


@pytest.fixture(scope="session")
def things_url(stack: Stack) -> Iterator[str]:
    """An address of a database that holds the chassis' tables and those of things."""
    url = stack.add_database("test_things")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
        metadata.create_all(connection)
        for statement in ("CREATE TABLE outbox_default PARTITION OF outbox DEFAULT", PROMISES):
            connection.exec_driver_sql(statement)
    yield url
    engine.dispose()


@pytest.fixture
async def things(things_url: str, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    made = serve(things_url, tmp_path)
    async with made.running.database.engine.begin() as connection:
        await connection.exec_driver_sql(EMPTY)
    yield made
    await made.running.database.engine.dispose()


def serve(url: str, folder: Path, **more: object) -> ServiceUnderTest:
    """The application as in production, on this database."""
    key = SigningKey.new()
    write_key_set(folder / "keys.json", [key])
    settings = Settings.model_validate({"database_url": url, "keys": folder / "keys.json", **more})
    app = build(SERVICE, settings)
    app.state.pauses = Pauses()
    return ServiceUnderTest(SERVICE, app, app.state.running, key, folder / "clock")
