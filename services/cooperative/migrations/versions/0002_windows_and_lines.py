"""Order windows, and the lines of their closed books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0002"
down_revision = "0001"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_windows()
    create_lines()


def create_windows() -> None:
    op.create_table(
        "windows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("commodity_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("delivery_day", sa.Date, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("round_minutes", sa.Integer, nullable=False),
        sa.Column("firm_at", MOMENT, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("asks_until", MOMENT),
        sa.Column("record_hash", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("windows_of_cooperative", "cooperative_id", "id"),
    )


def create_lines() -> None:
    op.create_table(
        "lines",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("order_id", sa.Uuid, nullable=False),
        sa.Column("buyer_id", sa.Uuid, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("commodity_id", sa.Uuid, nullable=False),
        sa.Column("commodity_name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("cap", sa.BigInteger, nullable=False),
        sa.Column("certificates", ARRAY(sa.Text), nullable=False),
        sa.Column("delivery_day", sa.Date, nullable=False),
        sa.Column("shortage", sa.Text, nullable=False),
        sa.Column("filled", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("filled BETWEEN 0 AND quantity", name="lines_make_sense"),
        sa.Index("lines_of_window", "window_id", "place"),
    )
