"""Order windows, and the lines of their closed books."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
)

from services.cooperative.domain import Line, Window, WindowStatus
from services.cooperative.tables.base import MOMENT, mapper, metadata, one_of

windows = Table(
    "windows",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cooperative_id", Uuid, ForeignKey("cooperatives.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("commodity_ids", ARRAY(Uuid), nullable=False),
    Column("delivery_day", Date, nullable=False),
    Column("opens_at", MOMENT, nullable=False),
    Column("closes_at", MOMENT, nullable=False),
    Column("answer_by", MOMENT, nullable=False),
    Column("round_minutes", Integer, nullable=False),
    Column("firm_at", MOMENT, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("plan_id", Uuid, ForeignKey("window_plans.id")),
    Column("due_at", MOMENT),
    Column("announced_at", MOMENT),
    Column("closed_early_by", Text),
    Column("smallest_total", BigInteger),
    Column("if_too_small", Text, nullable=False, server_default="call_off"),
    Column("status", one_of(WindowStatus), nullable=False),
    Column("reason", Text),
    Column("shared", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
    Column("last_round", Integer),
    Column("asks_until", MOMENT),
    Column("record_hash", Text),
    Column("version", Integer, nullable=False),
    Index("windows_of_cooperative", "cooperative_id", "id"),
    UniqueConstraint("plan_id", "delivery_day", name="one_window_per_plan_and_day"),
)

lines = Table(
    "lines",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("window_id", Uuid, ForeignKey("windows.id"), nullable=False),
    Column("order_id", Uuid, nullable=False),
    Column("buyer_id", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("commodity_id", Uuid, nullable=False),
    Column("commodity_name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("per", BigInteger, nullable=False),
    Column("grade", Text),
    Column("quantity", BigInteger, nullable=False),
    Column("cap", BigInteger, nullable=False),
    Column("certificates", ARRAY(Text), nullable=False),
    Column("delivery_day", Date, nullable=False),
    Column("shortage", Text, nullable=False),
    Column("filled", BigInteger),
    Column("collected", Boolean, nullable=False, server_default=false()),
    Column("version", Integer, nullable=False),
    CheckConstraint("filled BETWEEN 0 AND quantity", name="lines_make_sense"),
    Index("lines_of_window", "window_id", "place"),
)

mapper.map_imperatively(Window, windows, version_id_col=windows.c.version, version_id_generator=False)
mapper.map_imperatively(Line, lines, version_id_col=lines.c.version, version_id_generator=False)
