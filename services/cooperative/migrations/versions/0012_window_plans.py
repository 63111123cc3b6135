"""Plans that announce windows each week; a window knows its plan, and when it was to be announced."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0012"
down_revision = "0011"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """No window of before is of a plan."""
    op.create_table(
        "window_plans",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cooperative_id", sa.Uuid, sa.ForeignKey("cooperatives.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("commodity_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("weekdays", ARRAY(sa.Text), nullable=False),
        sa.Column("times", JSONB, nullable=False),
        sa.Column("round_minutes", sa.Integer, nullable=False),
        sa.Column("announce_days", sa.Integer, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("from_day", sa.Date, nullable=False),
        sa.Column("smallest_total", sa.BigInteger),
        sa.Column("if_too_small", sa.Text, nullable=False),
        sa.Column("looked_at", sa.Date),
        sa.Column("ended_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Index("window_plans_of_cooperative", "cooperative_id", "id"),
    )
    op.add_column("windows", sa.Column("plan_id", sa.Uuid, sa.ForeignKey("window_plans.id")))
    op.add_column("windows", sa.Column("due_at", MOMENT))
    op.add_column("windows", sa.Column("announced_at", MOMENT))
    op.create_unique_constraint("one_window_per_plan_and_day", "windows", ["plan_id", "delivery_day"])
