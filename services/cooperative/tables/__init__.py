"""Tables of cooperative, and the mapping from domain objects to them."""

from services.cooperative.tables.base import metadata
from services.cooperative.tables.heard import books, lots, orders
from services.cooperative.tables.registry import commodities, cooperatives, members, villages
from services.cooperative.tables.shares import shares, sharings
from services.cooperative.tables.windows import lines, windows

__all__ = [
    "books",
    "commodities",
    "cooperatives",
    "lines",
    "lots",
    "members",
    "metadata",
    "orders",
    "shares",
    "sharings",
    "villages",
    "windows",
]
