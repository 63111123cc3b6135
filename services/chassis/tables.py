"""The tables that the chassis keeps in every service's own database."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class TransactionId(UserDefinedType[str]):
    """PostgreSQL's `xid8`: 64 bits, never wraps. Compared in SQL only, so it travels as text."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


ischema_names["xid8"] = TransactionId  # so that reflection, and with it `alembic check`, knows it

chassis = MetaData()
MOMENT = DateTime(timezone=True)
CLOCK = text("clock_timestamp()")

# The columns of Debezium's outbox event router, so that Kafka Connect can read it instead of the relay.
outbox = Table(
    "outbox",
    chassis,
    Column("id", Uuid, primary_key=True),
    Column("aggregatetype", Text, nullable=False),
    Column("aggregateid", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("time", MOMENT, nullable=False),
    Column("source", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("onbehalfof", Text),
    Column("causationid", Text),
    Column("traceparent", Text),
    Column("original", JSONB(none_as_null=True)),  # a dead letter's key and headers, as they came
    Column("xid", TransactionId, nullable=False, server_default=text("pg_current_xact_id()")),
    Index("outbox_in_order", "xid", "id"),
    postgresql_partition_by="RANGE (id)",
)

inbox = Table(
    "inbox",
    chassis,
    Column("id", Uuid, primary_key=True),
    Column("received_at", MOMENT, nullable=False, server_default=CLOCK),
    postgresql_partition_by="RANGE (id)",
)

positions = Table(
    "positions",
    chassis,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next_offset", BigInteger, nullable=False),
)

parked = Table(
    "parked",
    chassis,
    Column("id", Uuid, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("record_offset", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("event_id", Uuid),
    Column("type", Text),
    Column("version", BigInteger),
    Column("original", JSONB, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("cause", Text, nullable=False),
    Column("parked_at", MOMENT, nullable=False, server_default=CLOCK),
    Column("tries", Integer, nullable=False, server_default=text("1")),
    Index("parked_keys", "topic", "key"),
)

# What operators did about parked events: who, when, why, and the event as it was; never emptied.
parked_history = Table(
    "parked_history",
    chassis,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("action", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", MOMENT, nullable=False, server_default=CLOCK),
    *[Column(f"{'parked_' if one.name == 'id' else ''}{one.name}", one.type) for one in parked.c],
    Index("parked_history_keys", "topic", "key"),
)

relay = Table(
    "relay",
    chassis,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("xid", TransactionId, nullable=False, server_default=text("'0'")),
    Column("last_id", Uuid, nullable=False, server_default=text("'00000000-0000-0000-0000-000000000000'")),
    Column("pid", Integer),
    Column("beat", MOMENT, nullable=False, server_default=CLOCK),
)

due = Table(
    "due",
    chassis,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("not_before", MOMENT),
    Column("causationid", Text),
    Column("traceparent", Text),
    Index("due_in_order", "at"),
    Index("due_put_off", "not_before", postgresql_where=text("not_before IS NOT NULL")),
)

idempotency = Table(
    "idempotency",
    chassis,
    Column("subject", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("stored_at", MOMENT, nullable=False, server_default=CLOCK),
    Index("idempotency_age", "stored_at"),
)

timeline = Table(
    "timeline",
    chassis,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("what", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("on_behalf_of", Text),
    Column("facts", JSONB, nullable=False),
    Index("timeline_of_subject", "subject_id", "id"),
)


def chassis_tables(metadata: MetaData) -> None:
    """Add the chassis' tables to a service's own, so that its migrations are held against both."""
    for table in chassis.sorted_tables:
        table.to_metadata(metadata)
