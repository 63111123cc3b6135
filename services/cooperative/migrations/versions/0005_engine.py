"""The sharing engine: policies, village costs, frozen sharings with their papers, credits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    add_policies()
    split_sharings()
    create_offers()
    create_credits()


def add_policies() -> None:
    key = sa.Column("pseudonym_key", sa.Uuid, nullable=False, server_default=sa.func.gen_random_uuid())
    op.add_column("cooperatives", key)
    for name in ("stop_cost", "haul_cost"):
        op.add_column("villages", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "village_costs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("stop_cost", sa.BigInteger, nullable=False),
        sa.Column("haul_cost", sa.BigInteger, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
    )
    op.create_index("village_costs_of_cooperative", "village_costs", ["cooperative_id", "id"])
    op.create_table(
        "policies",
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first_share_permille", sa.Integer, nullable=False),
        sa.Column("tier_permille", sa.Integer, nullable=False),
        sa.Column("credit_permille", sa.Integer, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )


def split_sharings() -> None:
    """What was shared by the thin rule stays readable: published, with its own batch and record."""
    op.create_table(
        "sharing_papers",
        sa.Column("sharing_id", sa.Uuid, sa.ForeignKey("sharings.id"), primary_key=True),
        sa.Column("batch", sa.Text),
        sa.Column("people", sa.Text),
        sa.Column("known", sa.Text),
        sa.Column("changes", sa.Text),
        sa.Column("record", sa.Text),
    )
    op.execute(
        "INSERT INTO sharing_papers (sharing_id, batch, record) SELECT id, batch::text, record::text FROM sharings"
    )
    op.add_column("sharings", sa.Column("first_id", sa.Uuid, sa.ForeignKey("sharings.id")))
    op.add_column("sharings", sa.Column("frozen_at", MOMENT))
    op.add_column("sharings", sa.Column("status", sa.String(20)))
    op.add_column("sharings", sa.Column("complaint", sa.Text))
    op.add_column("sharings", sa.Column("villages", JSONB))
    op.execute(
        "UPDATE sharings SET first_id = id, frozen_at = shared_at, status = 'published', villages = '[]'"
    )
    for name in ("first_id", "frozen_at", "status", "villages"):
        op.alter_column("sharings", name, nullable=False)
    for name in ("answer_by", "shared_at", "record_hash"):
        op.alter_column("sharings", name, nullable=True)
    for name in ("batch", "record"):
        op.drop_column("sharings", name)


def create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("sharing_id", sa.Uuid, sa.ForeignKey("sharings.id"), primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("told", sa.Text, nullable=False),
    )


def create_credits() -> None:
    op.create_table(
        "credits",
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), primary_key=True),
        sa.Column("commodity_id", sa.Uuid, sa.ForeignKey("commodities.id"), primary_key=True),
        sa.Column("seller_id", sa.Uuid, primary_key=True),
        sa.Column("amount", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "credit_entries",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.func.uuidv7()),
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), nullable=False),
        sa.Column("commodity_id", sa.Uuid, sa.ForeignKey("commodities.id"), nullable=False),
        sa.Column("seller_id", sa.Uuid, nullable=False),
        sa.Column("sharing_id", sa.Uuid, sa.ForeignKey("sharings.id"), nullable=False),
        sa.Column("share_id", sa.Uuid, sa.ForeignKey("shares.id")),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
    )
    op.create_index("credit_entries_of_seller", "credit_entries", ["cooperative_id", "seller_id", "id"])
    op.create_index(
        "record_booked_once",
        "credit_entries",
        ["sharing_id", "seller_id", "commodity_id"],
        unique=True,
        postgresql_where=sa.text("share_id IS NULL"),
    )
