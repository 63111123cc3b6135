"""What is kept of others' facts: lots, every version of each order, closed books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
MOMENT = sa.DateTime(timezone=True)
ON_OFFER = sa.text("available > 0")


def upgrade() -> None:
    create_lots()
    create_orders()
    create_books()


def create_lots() -> None:
    op.create_table(
        "lots",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("seller_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("commodity_id", sa.Uuid, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("price", sa.BigInteger, nullable=False),
        sa.Column("ready_on", sa.Date),
        sa.Column("expires_on", sa.Date),
        sa.Column("certificates", ARRAY(sa.Text), nullable=False),
        sa.Column("available", sa.BigInteger, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("lots_on_offer", "cooperative_id", "commodity_id", "expires_on", postgresql_where=ON_OFFER),
    )


def create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("order_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("window_id", sa.Uuid, nullable=False),
        sa.Column("buyer_id", sa.Uuid, nullable=False),
        sa.Column("placed_at", MOMENT),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Index("orders_of_window", "window_id"),
    )


def create_books() -> None:
    op.create_table(
        "books",
        sa.Column("window_id", sa.Uuid, primary_key=True),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.Column("orders", JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
