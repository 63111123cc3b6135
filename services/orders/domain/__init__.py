"""What orders, windows and books are, and what may happen to them. Plain Python: no clock, no database."""

from services.orders.domain.books import Book, close
from services.orders.domain.lines import Line, lines_of
from services.orders.domain.orders import Order, Status
from services.orders.domain.placing import place, place_for_later
from services.orders.domain.tracking import Step, TrackingLink, arrives, new_link, shown_until, step_of
from services.orders.domain.windows import Commodity, NextWindow, Window, Wish

__all__ = [
    "Book",
    "Commodity",
    "Line",
    "NextWindow",
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
    "place_for_later",
    "shown_until",
    "step_of",
]
