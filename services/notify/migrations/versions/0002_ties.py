"""Which villages and cooperatives a person belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "ties",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("cooperative", sa.Uuid, primary_key=True),
        sa.Column("village", sa.Text, primary_key=True),
        sa.Column("word", sa.SmallInteger, nullable=False),
    )
