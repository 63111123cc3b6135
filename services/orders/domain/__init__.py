"""What orders, windows and books are, and what may happen to them. Plain Python: no clock, no database."""

from services.orders.domain.books import Book, close
from services.orders.domain.orders import Line, Order, Status, lines_of, place
from services.orders.domain.windows import Commodity, Window, Wish

__all__ = ["Book", "Commodity", "Line", "Order", "Status", "Window", "Wish", "close", "lines_of", "place"]
