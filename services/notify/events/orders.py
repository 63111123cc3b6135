"""What notify reads of orders."""

from datetime import date, datetime
from uuid import UUID

from services.chassis.event import Event
from services.notify.events.parts import Part


class OrderedLine(Part):
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    cap: int
    certificates: tuple[str, ...]


class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    lines: tuple[OrderedLine, ...]


class WindowJoined(Part):
    name: str
    closes_at: datetime
    delivery_day: date
    time_zone: str


class TooSmall(Part):
    total: int
    smallest_total: int


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    lines: tuple[OrderedLine, ...]
    joined: WindowJoined | None = None


class OrderWaiting(Event, type="orders.waiting.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    lines: tuple[OrderedLine, ...]
    moved_from: UUID | None = None
    too_small: TooSmall | None = None


class OrderWithdrawn(Event, type="orders.withdrawn.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str
    too_small: TooSmall | None = None


class OrderEndedShort(Event, type="orders.ended_short.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str
