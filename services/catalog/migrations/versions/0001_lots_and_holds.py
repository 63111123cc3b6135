"""Commodities as listed by cooperatives, lots with their stock, holds per share."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from services.chassis.migration import create_chassis_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_chassis_tables()
    create_commodities()
    create_lots()
    create_holds()


def create_commodities() -> None:
    op.create_table(
        "commodities",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("grades", ARRAY(sa.Text), nullable=False),
        sa.Column("selling_units", sa.JSON, nullable=False),
        sa.Column("dated", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("commodities_of_cooperative", "cooperative_id", "id"),
    )


def create_lots() -> None:
    op.create_table(
        "lots",
        *description(),
        *stock(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("lots_of_seller", "seller_id", "id"),
        sa.Index("lots_of_commodity", "commodity_id", "id"),
        sa.Index("lots_of_village", "village", "id"),
    )


def description() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("seller_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("commodity_id", sa.Uuid, nullable=False),
        sa.Column("commodity_name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("price", sa.BigInteger, nullable=False),
        sa.Column("ready_on", sa.Date),
        sa.Column("expires_on", sa.Date),
        sa.Column("certificates", ARRAY(sa.Text), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
    ]


def stock() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("listed", sa.BigInteger, nullable=False),
        sa.Column("corrections", sa.BigInteger, nullable=False),
        sa.Column("available", sa.BigInteger, nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("committed", sa.BigInteger, nullable=False),
        sa.Column("collected", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.CheckConstraint(
            "available >= 0 AND held >= 0 AND committed >= 0 AND collected >= 0",
            name="lots_never_below_zero",
        ),
        sa.CheckConstraint(
            "available + held + committed + collected = listed + corrections", name="lots_stock_adds_up"
        ),
    ]


def create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("share_id", sa.Uuid, primary_key=True),
        sa.Column("lot_id", sa.Uuid, sa.ForeignKey("lots.id"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("committed", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.CheckConstraint("held >= 0 AND committed >= 0", name="holds_never_below_zero"),
        sa.Index("holds_of_lot", "lot_id"),
    )
