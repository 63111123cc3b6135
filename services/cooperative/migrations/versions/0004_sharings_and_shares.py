"""Sharings with their records, and the shares that came of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_sharings()
    create_shares()


def create_sharings() -> None:
    op.create_table(
        "sharings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("shared_at", MOMENT, nullable=False),
        sa.Column("batch", JSONB, nullable=False),
        sa.Column("record", JSONB, nullable=False),
        sa.Column("record_hash", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("window_id", "round", name="round_once"),
    )


def create_shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("sharing_id", sa.Uuid, sa.ForeignKey("sharings.id"), nullable=False),
        sa.Column("line_id", sa.Uuid, sa.ForeignKey("lines.id"), nullable=False),
        *lot_asked_for(),
        *question(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("quantity >= 0 AND quantity + released <= held", name="shares_make_sense"),
        sa.Index("shares_of_window", "window_id", "status"),
        sa.Index("shares_of_line", "line_id"),
        sa.Index("shares_of_seller", "seller_id", "id"),
    )


def lot_asked_for() -> list[sa.Column[Any]]:
    return [
        sa.Column("lot_id", sa.Uuid, nullable=False),
        sa.Column("lot_code", sa.Text, nullable=False),
        sa.Column("seller_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("commodity_name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("price", sa.BigInteger, nullable=False),
    ]


def question() -> list[sa.Column[Any]]:
    return [
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("wanted", sa.BigInteger, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("holds_until", MOMENT, nullable=False),
        sa.Column("delivery_day", sa.Date, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("sentences", JSONB, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("released", sa.BigInteger, nullable=False),
        sa.Column("round_open", sa.Boolean, nullable=False),
        sa.Column("ended_by", sa.Text),
    ]
