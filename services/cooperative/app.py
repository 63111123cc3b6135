"""Cooperative, wired: `python -m services.run cooperative`."""

from services.chassis.projection import Projection
from services.chassis.service import Service
from services.cooperative import events, queries, tables
from services.cooperative.api import routers
from services.cooperative.handlers import modules

PROJECTIONS = (
    Projection(
        tables.lots,
        (
            events.LotListed,
            events.LotRepriced,
            events.LotCorrected,
            events.LotWithdrawn,
            events.StockHeld,
            events.HoldRefused,
            events.StockCommitted,
            events.StockCollected,
            events.StockReleased,
            events.HoldExpired,
        ),
        queries.keep_lots,
    ),
    Projection(tables.corrections, (events.LotCorrected, events.LotWithdrawn), queries.keep_corrections),
    Projection(
        tables.orders,
        (events.OrderPlaced, events.OrderChanged, events.OrderCancelled, events.OrderWaiting),
        queries.keep_orders,
    ),
    Projection(tables.books, (events.BookClosed,), queries.keep_books),
)
SERVICE = Service(
    name="cooperative",
    description="Villages that sell together: members, commodities, order windows, and how orders are shared.",
    metadata=tables.metadata,
    routers=routers,
    handlers=modules,
    projections=PROJECTIONS,
)
