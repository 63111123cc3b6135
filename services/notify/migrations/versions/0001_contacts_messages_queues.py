"""Contacts, messages, and what became of the attempts to hand them over."""

import sqlalchemy as sa
from alembic import op

from services.chassis.migration import create_chassis_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_chassis_tables()
    create_contacts()
    create_messages()
    create_queues()
    create_delivery_attempts()


def create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("cooperative", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat", sa.BigInteger),
        sa.Column("chat_since", sa.DateTime(timezone=True)),
        sa.Column("blocked", sa.Boolean, nullable=False),
    )


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("fact", sa.Uuid, nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("subject_version", sa.BigInteger, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("person_id", "fact", "template", name="messages_once_per_fact"),
        sa.UniqueConstraint(
            "person_id", "subject", "subject_version", "template", name="messages_once_per_version"
        ),
        sa.Index("messages_of_person", "person_id", "number"),
        sa.Index("messages_waiting", "person_id", "number", postgresql_where=sa.text("status = 'waiting'")),
    )


def create_queues() -> None:
    op.create_table(
        "queues",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("lease", sa.Uuid),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "not_before",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.text("clock_timestamp()"),
        ),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
    )


def create_delivery_attempts() -> None:
    op.create_table(
        "delivery_attempts",
        sa.Column("message_id", sa.Uuid, sa.ForeignKey("messages.id"), primary_key=True),
        sa.Column("attempt", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("cost", sa.BigInteger, nullable=False),
    )
