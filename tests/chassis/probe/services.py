"""The two services by name, and their databases."""

import psycopg
from sqlalchemy import create_engine

from infra.stack import Stack
from services.chassis.migration import make_chassis_tables
from services.chassis.service import Service
from tests.chassis.probe import counters, handlers, mirror
from tests.harness.empty import empty

MIRROR = Service(
    name="mirror",
    description="repeats what it hears",
    metadata=mirror.metadata,
    routers=(),
    handlers=(handlers,),
)
SERVICES = {service.name: service for service in (counters.SERVICE, MIRROR)}


def database(stack: Stack, service: Service, name: str) -> str:
    """The address of a new, empty database for the service."""
    url = stack.add_database(name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        make_chassis_tables(connection)
        service.metadata.create_all(connection)
    engine.dispose()
    return url


def emptied(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Take all rows out, and put the relay back to its beginning."""
    empty(connection, but=())
    connection.execute("INSERT INTO relay (id) VALUES (1)")
