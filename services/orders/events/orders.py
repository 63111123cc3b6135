"""Facts about orders: what orders publishes, and that cooperative leaves one out."""

from datetime import date, datetime
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


class TooSmall(BaseModel):
    """What was ordered in a window, at reference prices, and the least it needed; in rupiah."""

    model_config = ConfigDict(frozen=True)

    total: int
    smallest_total: int


class WindowJoined(BaseModel):
    """The window that an order waited for; `due_at` is when it opened by its announcement."""

    model_config = ConfigDict(frozen=True)

    name: str
    due_at: datetime
    closes_at: datetime
    delivery_day: date
    time_zone: str


class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    """All lines anew, lines of earlier versions are void; or the order waited and has joined a window."""

    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    changed_at: datetime
    joined: WindowJoined | None = None


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    window_id: UUID
    reason: str
    too_small: TooSmall | None = None


class OrderWaiting(Event, type="orders.waiting.v1", topic="orders.orders", key="order_id"):
    """The order waits for the cooperative's next window with these lines; it is in no window now."""

    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime
    moved_from: UUID | None = None
    too_small: TooSmall | None = None


class OrderWithdrawn(Event, type="orders.withdrawn.v1", topic="orders.orders", key="order_id"):
    """Its buyer took it back while it waited."""

    order_id: UUID
    code: str
    buyer_id: UUID
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
