"""Window plans: which windows there are each week."""

from sqlalchemy import ARRAY, BigInteger, Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from services.cooperative.domain import WindowPlan
from services.cooperative.tables.base import MOMENT, mapper, metadata

window_plans = Table(
    "window_plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("commodity_ids", ARRAY(Uuid), nullable=False),
    Column("weekdays", ARRAY(Text), nullable=False),
    Column("times", JSONB, nullable=False),
    Column("round_minutes", Integer, nullable=False),
    Column("announce_days", Integer, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("smallest_total", BigInteger),
    Column("if_too_small", Text, nullable=False),
    Column("looked_at", Date),
    Column("ended_at", MOMENT),
    Column("version", Integer, nullable=False),
    Index("window_plans_of_cooperative", "cooperative_id", "id"),
)

mapper.map_imperatively(
    WindowPlan, window_plans, version_id_col=window_plans.c.version, version_id_generator=False
)
