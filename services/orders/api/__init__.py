"""Orders over HTTP."""

from services.orders.api.next_window import router as next_window
from services.orders.api.orders import router as orders
from services.orders.api.tracking import pages
from services.orders.api.tracking import router as tracking
from services.orders.api.windows import router as windows

routers = (windows, orders, next_window, tracking, pages)
