"""Orders that wait for a window, and the smallest total a window needs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Windows of before need no total and let in who waits when they open; every order of before is in a window."""
    op.add_column("windows", sa.Column("smallest_total", sa.BigInteger))
    op.add_column("windows", sa.Column("if_too_small", sa.Text))
    op.add_column("windows", sa.Column("opened_at", sa.DateTime(timezone=True)))
    op.execute(
        "INSERT INTO due (kind, key, at, attempts) SELECT 'let-in', id::text, opens_at, 0 FROM windows"
        " WHERE closed_at IS NULL AND called_off IS NULL"
    )
    op.add_column("orders", sa.Column("moved_from", sa.Uuid))
    op.alter_column("orders", "window_id", nullable=True)
    op.create_check_constraint(
        "in_a_window_or_waits", "orders", "window_id IS NOT NULL OR status IN ('waiting', 'cancelled')"
    )
    op.create_index(
        "orders_that_wait",
        "orders",
        ["cooperative_id", "placed_at", "id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )
