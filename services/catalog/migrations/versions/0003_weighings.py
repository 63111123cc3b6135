"""What was weighed of lots, and where it is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
PLACES = ("waiting", "returned", "rejected")


def upgrade() -> None:
    """Nothing was collected before."""
    for place in PLACES:
        op.add_column("lots", sa.Column(place, sa.BigInteger, nullable=False, server_default="0"))
    op.create_check_constraint(
        "lots_places_of_collected",
        "lots",
        "least(waiting, returned, rejected) >= 0 AND collected = waiting + returned + rejected",
    )
    op.create_table(
        "weighings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("lot_id", sa.Uuid, sa.ForeignKey("lots.id"), nullable=False),
        sa.Column("waiting", sa.BigInteger, nullable=False),
        sa.Column("returned", sa.BigInteger, nullable=False),
        sa.Column("rejected", sa.BigInteger, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.CheckConstraint("least(waiting, returned, rejected) >= 0", name="weighings_never_below_zero"),
        sa.Index("weighings_of_lot", "lot_id"),
    )
