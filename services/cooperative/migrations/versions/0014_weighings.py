"""What was weighed of lots, by every device, and what it means for shares and lines."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nothing was weighed before."""
    op.add_column("shares", sa.Column("collected", sa.BigInteger))
    op.add_column("shares", sa.Column("final_price", sa.BigInteger))
    op.add_column("shares", sa.Column("less", sa.String(20)))
    op.create_check_constraint(
        "shares_collect_what_is_committed", "shares", "collected BETWEEN 0 AND quantity"
    )
    op.create_index("shares_of_code", "shares", ["lot_code"])
    op.add_column("lines", sa.Column("collected", sa.Boolean, nullable=False, server_default=sa.false()))
    create_weigh_ins()
    create_weighings()


def create_weigh_ins() -> None:
    op.create_table(
        "weigh_ins",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("lot_code", sa.Text, nullable=False),
        sa.Column("lot_id", sa.Uuid),
        sa.Column("gross", sa.BigInteger, nullable=False),
        sa.Column("tare", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("rejected", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("photo", sa.Text),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("weighed_by", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.Column("refused_by", sa.Text),
        sa.UniqueConstraint("window_id", "device", "entry_id", "digest", name="weigh_in_once"),
        sa.Index("weigh_ins_of_lot", "window_id", "lot_id"),
    )


def create_weighings() -> None:
    op.create_table(
        "weighings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), nullable=False),
        sa.Column("lot_id", sa.Uuid, nullable=False),
        sa.Column("lot_code", sa.Text, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("committed", sa.BigInteger, nullable=False),
        sa.Column("net", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("is_rejected", sa.Boolean, nullable=False),
        sa.Column("waiting", sa.BigInteger, nullable=False),
        sa.Column("returned", sa.BigInteger, nullable=False),
        sa.Column("rejected", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.Uuid),
        sa.Column("conflict", sa.Boolean, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("net = waiting + returned + rejected", name="weighings_add_up"),
        sa.UniqueConstraint("window_id", "lot_id", name="weighing_once"),
    )
