"""Catalog's tables, and the mapping from lots, holds and commodities to them."""

from sqlalchemy import (
    JSON,
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
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import registry

from services.catalog.domain import Commodity, Hold, HoldState, Lot, Weighing
from services.chassis.tables import chassis_tables

metadata = MetaData()
chassis_tables(metadata)
mapper = registry(metadata=metadata)

commodities = Table(
    "commodities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("grades", ARRAY(Text), nullable=False),
    # json, not jsonb: people see the selling units in the order of the cooperative's list
    Column("selling_units", JSON, nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("commodities_of_cooperative", "cooperative_id", "id"),
)

lots = Table(
    "lots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("cooperative_id", Uuid, nullable=False),
    Column("seller_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("commodity_id", Uuid, nullable=False),
    Column("commodity_name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("grade", Text),
    Column("price", BigInteger, nullable=False),
    Column("ready_on", Date),
    Column("expires_on", Date),
    Column("certificates", ARRAY(Text), nullable=False),
    Column("listed_at", DateTime(timezone=True), nullable=False),
    Column("listed", BigInteger, nullable=False),
    Column("corrections", BigInteger, nullable=False),
    Column("available", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("committed", BigInteger, nullable=False),
    Column("collected", BigInteger, nullable=False),
    Column("waiting", BigInteger, nullable=False, server_default="0"),
    Column("returned", BigInteger, nullable=False, server_default="0"),
    Column("rejected", BigInteger, nullable=False, server_default="0"),
    Column("withdrawn", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint(
        "available >= 0 AND held >= 0 AND committed >= 0 AND collected >= 0", name="lots_never_below_zero"
    ),
    CheckConstraint(
        "available + held + committed + collected = listed + corrections", name="lots_stock_adds_up"
    ),
    CheckConstraint(
        "least(waiting, returned, rejected) >= 0 AND collected = waiting + returned + rejected",
        name="lots_places_of_collected",
    ),
    Index("lots_of_seller", "seller_id", "id"),
    Index("lots_of_commodity", "commodity_id", "id"),
    Index("lots_of_village", "village", "id"),
)

holds = Table(
    "holds",
    metadata,
    Column("share_id", Uuid, primary_key=True),
    Column("lot_id", Uuid, ForeignKey(lots.c.id), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("held", BigInteger, nullable=False),
    Column("committed", BigInteger, nullable=False),
    Column(
        "state",
        Enum(HoldState, native_enum=False, length=16, values_callable=lambda states: [*states]),
        nullable=False,
    ),
    Column("heard", Integer, nullable=False),
    CheckConstraint("held >= 0 AND committed >= 0", name="holds_never_below_zero"),
    Index("holds_of_lot", "lot_id"),
)

weighings = Table(
    "weighings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("lot_id", Uuid, ForeignKey(lots.c.id), nullable=False),
    Column("waiting", BigInteger, nullable=False),
    Column("returned", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("heard", Integer, nullable=False),
    CheckConstraint("least(waiting, returned, rejected) >= 0", name="weighings_never_below_zero"),
    Index("weighings_of_lot", "lot_id"),
)

mapper.map_imperatively(Commodity, commodities)
mapper.map_imperatively(Lot, lots, version_id_col=lots.c.version, version_id_generator=False)
mapper.map_imperatively(Hold, holds)
mapper.map_imperatively(Weighing, weighings)
