"""Cooperatives, their villages, members and commodities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.chassis.migration import create_chassis_tables

revision = "0001"
down_revision = None
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_chassis_tables()
    create_cooperatives()
    create_villages()
    create_members()
    create_commodities()


def create_cooperatives() -> None:
    op.create_table(
        "cooperatives",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("manager_id", sa.Uuid, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def create_villages() -> None:
    op.create_table(
        "villages",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.UniqueConstraint("cooperative_id", "code", name="village_once"),
    )


def create_members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
        sa.UniqueConstraint("cooperative_id", "person_id", name="member_once"),
    )


def create_commodities() -> None:
    op.create_table(
        "commodities",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("per", sa.BigInteger, nullable=False),
        sa.Column("grades", ARRAY(sa.Text), nullable=False),
        sa.Column("selling_units", JSONB, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("reference_price", sa.BigInteger, nullable=False),
        sa.Column("dated", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("per > 0 AND step > 0 AND reference_price > 0", name="commodities_make_sense"),
        sa.UniqueConstraint("cooperative_id", "name", name="commodity_once"),
        sa.Index("commodities_of_cooperative", "cooperative_id", "id"),
    )
