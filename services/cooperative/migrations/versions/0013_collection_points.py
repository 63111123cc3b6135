"""Collection points, and where and when each window collects the lots of each village."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A window of before collects nowhere in particular."""
    op.create_table(
        "points",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, nullable=False),
        sa.Column("village", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
        sa.UniqueConstraint("cooperative_id", "village", "name", name="point_once"),
    )
    op.create_table(
        "collections",
        sa.Column("window_id", sa.Uuid, sa.ForeignKey("windows.id"), primary_key=True),
        sa.Column("village", sa.Text, primary_key=True),
        sa.Column("point_id", sa.Uuid, sa.ForeignKey("points.id"), nullable=False),
        sa.Column("point_name", sa.Text, nullable=False),
        sa.Column("point_village", sa.Text, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name="collections_make_sense"),
    )
