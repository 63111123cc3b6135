"""Orders, wired: `python -m services.run orders`."""

from services.chassis.projection import Projection
from services.chassis.service import Service
from services.orders import events, handlers, queries, tables
from services.orders.api import routers

PROJECTIONS = (
    Projection(tables.commodities, (events.CommodityListed,), queries.list_commodities),
    Projection(
        tables.lots,
        (
            events.LotListed,
            events.LotRepriced,
            events.LotCorrected,
            events.LotWithdrawn,
            events.StockHeld,
            events.StockCommitted,
            events.StockReleased,
            events.HoldExpired,
        ),
        queries.keep_lots,
    ),
)
SERVICE = Service(
    name="orders",
    description="What buyers order, and the book of each order window that closes at its own time.",
    metadata=tables.metadata,
    routers=routers,
    handlers=(handlers,),
    projections=PROJECTIONS,
)
