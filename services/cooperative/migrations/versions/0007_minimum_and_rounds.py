"""The least that is asked of one lot, and the most rounds, both by policy; a window keeps which round is its last."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """A window whose batch is frozen already goes on without a last round, as it began."""
    for name, usual in (("minimum_steps", "1"), ("rounds", "10")):
        op.add_column("policies", sa.Column(name, sa.Integer, nullable=False, server_default=usual))
    op.add_column("windows", sa.Column("last_round", sa.Integer))
