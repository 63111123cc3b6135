"""The book of a window: once closed, exactly the orders that are shared out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from services.chassis.event import Aggregate
from services.orders.domain.windows import Window
from services.orders.events import BookClosed, BookedOrder

MOST_LINES = 5_000
"""Lines a window takes, and so at most its orders: their book is one event (64 bytes an order, of 900,000 that an
event may have), and calling it off cancels them in one transaction. The sharing engine is measured to as many."""


@dataclass(eq=False)
class Book(Aggregate):
    """What stood in a window when it closed; never changed afterwards."""

    window_id: UUID
    cooperative_id: UUID
    due_at: datetime
    closed_at: datetime
    orders: Sequence[dict[str, str | int]]
    digest: str
    version: int = 0


def close(window: Window, placed: Iterable[BookedOrder], at: datetime) -> tuple[Book, BookClosed]:
    """Close the book over all orders placed in its window; an empty book closes too."""
    window.close(at)
    booked = tuple(sorted(placed, key=lambda order: order.order_id))
    book = Book(
        window_id=window.id,
        cooperative_id=window.cooperative_id,
        due_at=window.closes_at,
        closed_at=at,
        orders=[entry.model_dump(mode="json") for entry in booked],
        digest=digest(booked),
    )
    return book, BookClosed(
        window_id=window.id,
        version=book.next_version(),
        cooperative_id=window.cooperative_id,
        due_at=window.closes_at,
        closed_at=at,
        orders=booked,
        digest=book.digest,
    )


def digest(orders: Iterable[BookedOrder]) -> str:
    """SHA-256 over one line `order_id:version` for each order, so that anyone can check what was shared."""
    return sha256("".join(f"{order.order_id}:{order.version}\n" for order in orders).encode()).hexdigest()
