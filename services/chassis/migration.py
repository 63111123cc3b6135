"""What every service's migrations share: how Alembic runs, and the chassis' own tables."""

import os
from typing import Any

from alembic import context, op
from sqlalchemy import Connection, MetaData, create_engine, pool
from sqlalchemy.schema import SchemaItem

from services.chassis.tables import chassis, parked_history

LOCK_TIMEOUT = "5s"


def run_migrations(metadata: MetaData) -> None:
    """The whole of a service's `env.py`: migrate the database that `LUMBUNG_DATABASE_URL` names."""
    url = os.environ["LUMBUNG_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=metadata, include_object=_ours, compare_type=True
        )
        with context.begin_transaction():
            connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7004, 1)")
            context.run_migrations()
    engine.dispose()


def _ours(thing: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    # partitions come and go at run time: only their parents are the code's
    del thing, compare_to
    return not (reflected and kind == "table" and name is not None and name.startswith(("outbox_", "inbox_")))


def create_chassis_tables() -> None:
    """Outbox, inbox and the other tables of the chassis; the first thing a first migration does."""
    make_chassis_tables(op.get_bind())


def make_chassis_tables(connection: Connection) -> None:
    """The same on any connection: with the default partitions, and the relay's row at the beginning."""
    chassis.create_all(connection)
    for parent in ("outbox", "inbox"):
        connection.exec_driver_sql(f"CREATE TABLE {parent}_default PARTITION OF {parent} DEFAULT")
    connection.exec_driver_sql("INSERT INTO relay (id) VALUES (1)")


def add_parked_history() -> None:
    """What operators did about parked events, and how often each was tried; newer databases were born with both."""
    op.execute("ALTER TABLE parked ADD COLUMN IF NOT EXISTS tries integer NOT NULL DEFAULT 1")
    parked_history.create(op.get_bind(), checkfirst=True)
