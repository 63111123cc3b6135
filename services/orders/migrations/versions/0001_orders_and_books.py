"""Windows and commodities as announced, orders with their lines, books, and lots as far as they warn a buyer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.chassis.migration import create_chassis_tables

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_chassis_tables()
    create_windows()
    create_commodities()
    create_orders()
    create_lines()
    create_books()
    create_lots()


def create_windows() -> None:
    op.create_table(
        "windows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("delivery_day", sa.Date, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("commodity_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("called_off", sa.Text),
        sa.Index("windows_by_end", "closes_at", "id"),
    )


def create_commodities() -> None:
    op.create_table(
        "commodities",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("grades", ARRAY(sa.Text), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("buyer_id", sa.Uuid, nullable=False),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("orders_of_buyer", "buyer_id", "id"),
        sa.Index("orders_of_window", "window_id", "status"),
        sa.Index("orders_of_cooperative", "cooperative_id", "id"),
    )


def create_lines() -> None:
    op.create_table(
        "lines",
        sa.Column("line_id", sa.Uuid, primary_key=True),
        sa.Column("order_id", sa.Uuid, sa.ForeignKey("orders.id", ondelete="CASCADE"), nullable=False),
        sa.Column("commodity_id", sa.Uuid, nullable=False),
        sa.Column("commodity_name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("cap", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("certificates", ARRAY(sa.Text), nullable=False),
        sa.Column("filled", sa.BigInteger),
        sa.Column("reason", sa.Text),
        sa.Column("villages", JSONB, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "quantity > 0 AND cap > 0 AND filled BETWEEN 0 AND quantity", name="lines_make_sense"
        ),
        sa.Index("lines_of_order", "order_id"),
    )


def create_books() -> None:
    op.create_table(
        "books",
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.Column("orders", JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def create_lots() -> None:
    op.create_table(
        "lots",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("commodity_id", sa.Uuid, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("price", sa.BigInteger, nullable=False),
        sa.Column("available", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("ready_on", sa.Date),
        sa.Column("expires_on", sa.Date),
        sa.Column("certificates", ARRAY(sa.Text), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("lots_by_price", "commodity_id", "price"),
    )
