"""Tables of orders, and the mapping from domain objects to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import registry, relationship

from services.chassis.tables import chassis_tables
from services.orders.domain import Book, Commodity, Line, Order, Status, TrackingLink, Window

MOMENT = DateTime(timezone=True)
STATUS = Enum(
    Status, native_enum=False, length=20, values_callable=lambda names: [name.value for name in names]
)

metadata = MetaData()
chassis_tables(metadata)

windows = Table(
    "windows",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("delivery_day", Date, nullable=False),
    Column("opens_at", MOMENT, nullable=False),
    Column("closes_at", MOMENT, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("commodity_ids", ARRAY(Uuid), nullable=False),
    Column("smallest_total", BigInteger),
    Column("if_too_small", Text),
    Column("opened_at", MOMENT),
    Column("closed_at", MOMENT),
    Column("called_off", Text),
    Index("windows_by_end", "closes_at", "id"),
)

commodities = Table(
    "commodities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("step", BigInteger, nullable=False),
    Column("grades", ARRAY(Text), nullable=False),
    Column("version", Integer, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("buyer_id", Uuid, nullable=False),
    Column("cooperative_id", Uuid, nullable=False),
    Column("window_id", Uuid, ForeignKey("windows.id")),
    Column("moved_from", Uuid),
    Column("placed_at", MOMENT, nullable=False),
    Column("status", STATUS, nullable=False),
    Column("version", Integer, nullable=False),
    Index("orders_of_buyer", "buyer_id", "id"),
    Index("orders_of_window", "window_id", "status"),
    Index("orders_of_cooperative", "cooperative_id", "id"),
    Index(
        "orders_that_wait", "cooperative_id", "placed_at", "id", postgresql_where=text("status = 'waiting'")
    ),
    CheckConstraint(
        "window_id IS NOT NULL OR status IN ('waiting', 'cancelled')", name="in_a_window_or_waits"
    ),
)

# What was ordered in each version, by whom; null lines: the order ended.
order_versions = Table(
    "order_versions",
    metadata,
    Column("order_id", Uuid, ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("window_id", Uuid),
    Column("lines", JSONB(none_as_null=True)),
    Column("at", MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("on_behalf_of", Text),
)

lines = Table(
    "lines",
    metadata,
    Column("line_id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey("orders.id", ondelete="CASCADE"), nullable=False),
    Column("commodity_id", Uuid, nullable=False),
    Column("commodity_name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("cap", BigInteger, nullable=False),
    Column("grade", Text),
    Column("certificates", ARRAY(Text), nullable=False),
    Column("filled", BigInteger),
    Column("reason", Text),
    Column("villages", JSONB, nullable=False),
    Column("heard", Integer, nullable=False),
    CheckConstraint("quantity > 0 AND cap > 0 AND filled BETWEEN 0 AND quantity", name="lines_make_sense"),
    Index("lines_of_order", "order_id"),
)

books = Table(
    "books",
    metadata,
    Column("window_id", Uuid, ForeignKey("windows.id"), primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("due_at", MOMENT, nullable=False),
    Column("closed_at", MOMENT, nullable=False),
    Column("orders", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

tracking_links = Table(
    "tracking_links",
    metadata,
    Column("order_id", Uuid, ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("secret", Uuid, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("made_at", MOMENT, nullable=False),
)

# What is known today of others' lots, for one purpose: to warn a buyer early.
lots = Table(
    "lots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("commodity_id", Uuid, nullable=False),
    Column("grade", Text),
    Column("price", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("ready_on", Date),
    Column("expires_on", Date),
    Column("certificates", ARRAY(Text), nullable=False),
    Column("version", Integer, nullable=False),
    Index("lots_by_price", "commodity_id", "price"),
)

mapper = registry(metadata=metadata)
mapper.map_imperatively(Window, windows)
mapper.map_imperatively(Commodity, commodities)
mapper.map_imperatively(Line, lines)
mapper.map_imperatively(TrackingLink, tracking_links)
mapper.map_imperatively(Book, books, version_id_col=books.c.version, version_id_generator=False)
mapper.map_imperatively(
    Order,
    orders,
    version_id_col=orders.c.version,
    version_id_generator=False,
    properties={
        "lines": relationship(Line, lazy="selectin", cascade="all, delete-orphan", order_by=lines.c.line_id),
    },
)
