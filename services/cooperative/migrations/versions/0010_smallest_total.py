"""The smallest total of a window; and orders that are in no window, because they wait for one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Windows of before take place whatever is ordered."""
    op.add_column("windows", sa.Column("smallest_total", sa.BigInteger))
    op.add_column("windows", sa.Column("if_too_small", sa.Text, nullable=False, server_default="call_off"))
    op.alter_column("orders", "window_id", nullable=True)
