"""What cooperative keeps of others' facts: lots and their stock, every version of each order, closed books."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, Date, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from services.cooperative.tables.base import MOMENT, metadata

lots = Table(
    "lots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("cooperative_id", Uuid, nullable=False),
    Column("seller_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("commodity_id", Uuid, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("grade", Text),
    Column("price", BigInteger, nullable=False),
    Column("ready_on", Date),
    Column("expires_on", Date),
    Column("certificates", ARRAY(Text), nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index(
        "lots_on_offer",
        "cooperative_id",
        "commodity_id",
        "expires_on",
        postgresql_where=text("available > 0"),
    ),
)

# What sellers put on their lots, or took off, by the lot's version: every one stays.
corrections = Table(
    "corrections",
    metadata,
    Column("lot_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("change", BigInteger, nullable=False),
)

# Every version stays: the book names the one that counts, and a later one may come before the book does. One that
# waits is in no window; it still tells when the order was placed, and that no version is missing.
orders = Table(
    "orders",
    metadata,
    Column("order_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("window_id", Uuid),
    Column("buyer_id", Uuid, nullable=False),
    Column("placed_at", MOMENT),
    Column("cancelled", Boolean, nullable=False),
    Column("lines", JSONB, nullable=False),
    Index("orders_of_window", "window_id"),
)

books = Table(
    "books",
    metadata,
    Column("window_id", Uuid, primary_key=True),
    Column("closed_at", MOMENT, nullable=False),
    Column("orders", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
)
