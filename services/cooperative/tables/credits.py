"""What sellers carry over, per commodity, and every entry that made it so."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, Uuid, func, text

from services.cooperative.tables.base import MOMENT, metadata

carried = Table(
    "credits",
    metadata,
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), primary_key=True),
    Column("commodity_id", Uuid, ForeignKey("commodities.id"), primary_key=True),
    Column("seller_id", Uuid, primary_key=True),
    Column("amount", BigInteger, nullable=False),
)

# Only ever added to: a seller's amount is the sum of these.
credit_entries = Table(
    "credit_entries",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=func.uuidv7()),
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), nullable=False),
    Column("commodity_id", Uuid, ForeignKey("commodities.id"), nullable=False),
    Column("seller_id", Uuid, nullable=False),
    Column("sharing_id", Uuid, ForeignKey("sharings.id"), nullable=False),
    Column("share_id", Uuid, ForeignKey("shares.id")),
    Column("amount", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("booked_at", MOMENT, nullable=False),
    Index("credit_entries_of_seller", "cooperative_id", "seller_id", "id"),
    Index(
        "record_booked_once",
        "sharing_id",
        "seller_id",
        "commodity_id",
        unique=True,
        postgresql_where=text("share_id IS NULL"),
    ),
)
