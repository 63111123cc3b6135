"""What PostgreSQL keeps for Debezium: the slot remembers how far it has read, the publication says what it sees."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

PUBLICATION = "lumbung_outbox"
# Of dead letters Debezium could carry the value only, not the key and the headers they came with.
_PUBLISH = (
    "CREATE PUBLICATION {publication} FOR TABLE outbox WHERE (original IS NULL)"
    " WITH (publish = 'insert', publish_via_partition_root = true)"
)


@contextmanager
def captured(dsn: str, slot: str) -> Iterator[None]:
    """What is written to the outbox in the block can be carried in the block."""
    begin(dsn, slot)
    try:
        yield
    finally:
        end(dsn, slot)


def begin(dsn: str, slot: str) -> None:
    """From now on the log is kept for Debezium; needs a role with REPLICATION."""
    end(dsn, slot)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL(_PUBLISH).format(publication=sql.Identifier(PUBLICATION)))
        connection.execute("SELECT pg_create_logical_replication_slot(%s, 'pgoutput')", [slot])


def end(dsn: str, slot: str) -> None:
    """Forget it all: a slot that nobody reads would keep the log until the disk is full."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots"
            " WHERE slot_name = %s AND active",
            [slot],
        )
        connection.execute(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s",
            [slot],
        )
        connection.execute(sql.SQL("DROP PUBLICATION IF EXISTS {}").format(sql.Identifier(PUBLICATION)))
