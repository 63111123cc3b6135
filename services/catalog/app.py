"""Catalog, wired: `python -m services.run catalog`."""

from services.catalog import handlers, queries, tables
from services.catalog.api import routers
from services.catalog.events import CommodityListed
from services.chassis.projection import Projection
from services.chassis.service import Service

SERVICE = Service(
    name="catalog",
    description="What sellers list, and the one authority of stock.",
    metadata=tables.metadata,
    routers=routers,
    handlers=(handlers,),
    projections=(Projection(tables.commodities, (CommodityListed,), queries.keep_commodities),),
)
