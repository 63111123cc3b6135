"""What sellers took off their lots, and on which version of a lot a share was frozen and answered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """A share of before does not know its lot's versions; of it only a withdrawal is the seller's own."""
    op.create_table(
        "corrections",
        sa.Column("lot_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("change", sa.BigInteger, nullable=False),
    )
    op.add_column("shares", sa.Column("lot_frozen", sa.Integer))
    op.add_column("shares", sa.Column("lot_answered", sa.Integer))
    op.add_column("shares", sa.Column("withheld", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("shares_held_short", "shares", ["lot_id"], postgresql_where=sa.text("held < wanted"))
