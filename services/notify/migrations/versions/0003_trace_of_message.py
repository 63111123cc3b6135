"""The trace in which a message was stored, so that its delivery belongs to it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("messages", sa.Column("traceparent", sa.Text))
