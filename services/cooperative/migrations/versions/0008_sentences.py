"""What a sharing tells each seller and each buyer, also those who get nothing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Sharings of before keep the sentences of their shares alone."""
    op.create_table(
        "sentences",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.func.uuidv7()),
        sa.Column("sharing_id", sa.Uuid, sa.ForeignKey("sharings.id"), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("line_id", sa.Uuid, sa.ForeignKey("lines.id")),
        sa.Column("commodity", sa.Text, nullable=False),
        sa.Column("sentences", JSONB, nullable=False),
    )
    op.create_index("sentences_of_sharing", "sentences", ["sharing_id", "id"])
    op.create_index("sentences_of_person", "sentences", ["sharing_id", "person_id"])
