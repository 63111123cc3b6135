"""Collection points, and where and when each window collects the lots of each village."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from services.cooperative.domain import Collection, Point
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

mapper.map_imperatively(Point, points)
mapper.map_imperatively(Collection, collections)
