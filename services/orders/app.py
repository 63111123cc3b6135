"""Orders, wired: `python -m services.run orders`."""

from services.chassis.service import Service
from services.orders import handlers
from services.orders.api import routers
from services.orders.tables import metadata

SERVICE = Service(
    name="orders",
    description="What buyers order, and the book of each order window that closes at its own time.",
    metadata=metadata,
    routers=routers,
    handlers=(handlers,),
)
