"""Notify's tables, and the mapping from contacts and messages to them."""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import registry

from services.chassis.tables import CLOCK, chassis_tables
from services.notify.domain import Contact, Message, Outcome, Status

metadata = MetaData()
chassis_tables(metadata)
mapper = registry(metadata=metadata)
MOMENT = DateTime(timezone=True)


def _words(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=16, values_callable=lambda words: [*words])


contacts = Table(
    "contacts",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("cooperative", Uuid),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("chat", BigInteger),
    Column("chat_since", MOMENT),
    Column("blocked", Boolean, nullable=False),
)

# Where a person belongs, and on whose word (`domain.Word`); no village where only the cooperative is known.
ties = Table(
    "ties",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("cooperative", Uuid, primary_key=True),
    Column("village", Text, primary_key=True),
    Column("word", SmallInteger, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("fact", Uuid, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("subject_version", BigInteger, nullable=False),
    Column("template", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stored_at", MOMENT, nullable=False),
    Column("status", _words(Status), nullable=False),
    Column("channel", Text),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("settled_at", MOMENT),
    Column("traceparent", Text),
    Column("version", Integer, nullable=False),
    UniqueConstraint("person_id", "fact", "template", name="messages_once_per_fact"),
    # The same fact may come again under another event id; its aggregate's version gives it away.
    UniqueConstraint("person_id", "subject", "subject_version", "template", name="messages_once_per_version"),
    Index("messages_of_person", "person_id", "number"),
    Index("messages_waiting", "person_id", "number", postgresql_where=text("status = 'waiting'")),
)

# Whose messages are being handed over: by which lease, until when, and when to try again after a failure.
queues = Table(
    "queues",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("lease", Uuid),
    Column("leased_until", MOMENT, nullable=False),
    Column("not_before", MOMENT, nullable=False, server_default=CLOCK),
    Column("failures", Integer, nullable=False, server_default=text("0")),
)

delivery_attempts = Table(
    "delivery_attempts",
    metadata,
    Column("message_id", Uuid, ForeignKey(messages.c.id), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("channel", Text, nullable=False),
    Column("outcome", _words(Outcome), nullable=False),
    Column("detail", Text, nullable=False),
    Column("cost", BigInteger, nullable=False),  # rupiah
)

mapper.map_imperatively(Contact, contacts)
mapper.map_imperatively(Message, messages, version_id_col=messages.c.version, version_id_generator=False)
