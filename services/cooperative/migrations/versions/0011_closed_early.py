"""Who closed a window before its time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("windows", sa.Column("closed_early_by", sa.Text))
