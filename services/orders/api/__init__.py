"""Orders over HTTP."""

from services.orders.api.orders import router as orders
from services.orders.api.windows import router as windows

routers = (windows, orders)
