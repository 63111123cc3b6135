"""Cooperative, wired: `python -m services.run cooperative`."""

from services.chassis.service import Service
from services.cooperative.api import routers
from services.cooperative.handlers import modules
from services.cooperative.tables import metadata

SERVICE = Service(
    name="cooperative",
    description="Villages that sell together: members, commodities, order windows, and how orders are shared.",
    metadata=metadata,
    routers=routers,
    handlers=modules,
)
