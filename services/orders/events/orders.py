"""Facts about orders: what orders publishes, and that cooperative leaves one out."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class OrderedLine(BaseModel):
    """One wish of a buyer, as everyone else sees it: at most `cap` rupiah per `per` units."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    line_id: UUID
    commodity_id: UUID
    commodity_name: str
    unit: str
    grade: str | None
    quantity: int
    cap: int
    per: int
    certificates: tuple[str, ...]


class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    """All lines anew; lines of earlier versions are void."""

    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    changed_at: datetime


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    window_id: UUID
    reason: str


class OrderEndedShort(Event, type="orders.ended_short.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    window_id: UUID
    reason: str


class OrderLeftOut(Event, type="cooperative.order_left_out.v1", topic="cooperative.orders", key="order_id"):
    order_id: UUID
    reason: str
