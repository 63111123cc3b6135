"""What cooperative reads of orders: every version of each, and which stand in the closed book; and what it answers."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class OrderedLine(BaseModel):
    """One wish of a buyer."""

    model_config = ConfigDict(frozen=True)

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
    buyer_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    buyer_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    buyer_id: UUID
    window_id: UUID


class OrderWaiting(Event, type="orders.waiting.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    buyer_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime


class BookedOrder(BaseModel):
    """An order in exactly the version that counts."""

    model_config = ConfigDict(frozen=True)

    order_id: UUID
    version: int


class BookClosed(Event, type="orders.book_closed.v1", topic="orders.books", key="window_id"):
    window_id: UUID
    closed_at: datetime
    orders: tuple[BookedOrder, ...]
    digest: str


class OrderLeftOut(Event, type="cooperative.order_left_out.v1", topic="cooperative.orders", key="order_id"):
    order_id: UUID
    window_id: UUID
    reason: str
