"""Collection points, where and when each window collects the lots of each village, and what was weighed there."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from services.cooperative.domain import Collection, Point, WeighIn, Weighing
from services.cooperative.tables.base import MOMENT, mapper, metadata

points = Table(
    "points",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, nullable=False),
    Column("village", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    ForeignKeyConstraint(["cooperative_id", "village"], ["villages.cooperative_id", "villages.code"]),
    UniqueConstraint("cooperative_id", "village", "name", name="point_once"),
)

# `village` brings its lots to the point; the point's names are those of the announcement.
collections = Table(
    "collections",
    metadata,
    Column("window_id", Uuid, ForeignKey("windows.id"), primary_key=True),
    Column("village", Text, primary_key=True),
    Column("point_id", Uuid, ForeignKey("points.id"), nullable=False),
    Column("point_name", Text, nullable=False),
    Column("point_village", Text, nullable=False),
    Column("starts_at", MOMENT, nullable=False),
    Column("ends_at", MOMENT, nullable=False),
    CheckConstraint("starts_at < ends_at", name="collections_make_sense"),
)

# Every entry of every device, refused ones too: nothing that was weighed is lost.
weigh_ins = Table(
    "weigh_ins",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("window_id", Uuid, ForeignKey("windows.id"), nullable=False),
    Column("device", Text, nullable=False),
    Column("entry_id", Uuid, nullable=False),
    Column("digest", Text, nullable=False),
    Column("lot_code", Text, nullable=False),
    Column("lot_id", Uuid),
    Column("gross", BigInteger, nullable=False),
    Column("tare", BigInteger, nullable=False),
    Column("grade", Text),
    Column("rejected", Boolean, nullable=False),
    Column("reason", Text),
    Column("photo", Text),
    Column("at", MOMENT, nullable=False),
    Column("weighed_by", Text, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("refused_by", Text),
    UniqueConstraint("window_id", "device", "entry_id", "digest", name="weigh_in_once"),
    Index("weigh_ins_of_lot", "window_id", "lot_id"),
)

weighings = Table(
    "weighings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("window_id", Uuid, ForeignKey("windows.id"), nullable=False),
    Column("lot_id", Uuid, nullable=False),
    Column("lot_code", Text, nullable=False),
    Column("village", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("committed", BigInteger, nullable=False),
    Column("net", BigInteger, nullable=False),
    Column("grade", Text),
    Column("is_rejected", Boolean, nullable=False),
    Column("waiting", BigInteger, nullable=False),
    Column("returned", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("counts", Uuid),
    Column("conflict", Boolean, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("net = waiting + returned + rejected", name="weighings_add_up"),
    UniqueConstraint("window_id", "lot_id", name="weighing_once"),
)

mapper.map_imperatively(WeighIn, weigh_ins)
mapper.map_imperatively(Weighing, weighings, version_id_col=weighings.c.version, version_id_generator=False)
mapper.map_imperatively(Point, points)
mapper.map_imperatively(Collection, collections)
