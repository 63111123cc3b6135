"""Facts about books: the orders of a window that nobody changes any more."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class BookedOrder(BaseModel):
    """An order in exactly the version that stands in a closed book."""

    model_config = ConfigDict(frozen=True)

    order_id: UUID
    version: int


class BookClosed(Event, type="orders.book_closed.v1", topic="orders.books", key="window_id"):
    """No order of this window changes by its buyer's wish any more; the sharing takes exactly these."""

    window_id: UUID
    cooperative_id: UUID
    due_at: datetime
    closed_at: datetime
    orders: tuple[BookedOrder, ...]
    digest: str
