"""Catalog, wired: `python -m services.run catalog`."""

from services.catalog import handlers
from services.catalog.api import routers
from services.catalog.tables import metadata
from services.chassis.service import Service

SERVICE = Service(
    name="catalog",
    description="What sellers list, and the one authority of stock.",
    metadata=metadata,
    routers=routers,
    handlers=(handlers,),
)
