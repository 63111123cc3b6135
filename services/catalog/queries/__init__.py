"""Every SQL statement of catalog, each named after the question it answers."""

from services.catalog.queries.commodities import (
    commodities_listed,
    commodity_of,
    keep_commodities,
    keep_commodity,
)
from services.catalog.queries.holds import lot_and_hold, lot_and_hold_of_share, lot_of_share
from services.catalog.queries.lots import LotFilter, Seen, lots_seen, own_lot, seen_lot, told_lot
from services.catalog.queries.weighings import lot_and_weighing

__all__ = [
    "LotFilter",
    "Seen",
    "commodities_listed",
    "commodity_of",
    "keep_commodities",
    "keep_commodity",
    "lot_and_hold",
    "lot_and_hold_of_share",
    "lot_and_weighing",
    "lot_of_share",
    "lots_seen",
    "own_lot",
    "seen_lot",
    "told_lot",
]
