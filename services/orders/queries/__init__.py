"""Every question orders asks its database, and every projection it keeps of others' facts."""

from services.orders.queries.lots import lines_no_lot_meets, list_lot, reprice_lot, restock_lot, withdraw_lot
from services.orders.queries.orders import (
    WantedOrders,
    book_of,
    enter_book,
    order,
    order_of,
    orders_of,
    placed_orders,
    standing_orders,
    window_and_standing_orders,
)
from services.orders.queries.windows import (
    Phase,
    WantedWindows,
    announce_window,
    check_room,
    commodities_of,
    list_commodity,
    mark_called_off,
    window,
    window_in_phase,
    windows_open_first,
)

__all__ = [
    "Phase",
    "WantedOrders",
    "WantedWindows",
    "announce_window",
    "book_of",
    "check_room",
    "commodities_of",
    "enter_book",
    "lines_no_lot_meets",
    "list_commodity",
    "list_lot",
    "mark_called_off",
    "order",
    "order_of",
    "orders_of",
    "placed_orders",
    "reprice_lot",
    "restock_lot",
    "standing_orders",
    "window",
    "window_and_standing_orders",
    "window_in_phase",
    "windows_open_first",
    "withdraw_lot",
]
