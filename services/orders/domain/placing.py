"""New orders: in an open window, or outside any."""

from datetime import datetime
from uuid import UUID

from services.orders.domain.lines import Line
from services.orders.domain.orders import Order, Status
from services.orders.domain.windows import Window
from services.orders.events import OrderPlaced, OrderWaiting


def place(
    order_id: UUID, buyer_id: UUID, lines: list[Line], *, window: Window, at: datetime
) -> tuple[Order, OrderPlaced]:
    """A new order, if the window's book is open."""
    window.check_open(at)
    order = Order(order_id, buyer_id, window.cooperative_id, window.id, lines, at)
    return order, order.placed()


def place_for_later(
    order_id: UUID, buyer_id: UUID, lines: list[Line], *, cooperative_id: UUID, at: datetime
) -> tuple[Order, OrderWaiting]:
    """A new order outside any window: it waits for the cooperative's next one."""
    order = Order(order_id, buyer_id, cooperative_id, None, lines, at, Status.WAITING)
    return order, order.waiting()
