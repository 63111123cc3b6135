"""What orders, windows and books are, and what may happen to them. Plain Python: no clock, no database."""

from services.orders.domain.books import Book, close
from services.orders.domain.orders import Line, Order, Status, lines_of, place
from services.orders.domain.tracking import Step, TrackingLink, arrives, new_link, shown_until, step_of
from services.orders.domain.windows import Commodity, Window, Wish

__all__ = [
    "Book",
    "Commodity",
    "Line",
    "Order",
    "Status",
    "Step",
    "TrackingLink",
    "Window",
    "Wish",
    "arrives",
    "close",
    "lines_of",
    "new_link",
    "place",
    "shown_until",
    "step_of",
]
