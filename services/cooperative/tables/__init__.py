"""Tables of cooperative, and the mapping from domain objects to them."""

from services.cooperative.tables.base import metadata
from services.cooperative.tables.collection import collections, points, weigh_ins, weighings
from services.cooperative.tables.credits import carried, credit_entries
from services.cooperative.tables.heard import books, corrections, lots, orders
from services.cooperative.tables.plans import window_plans
from services.cooperative.tables.registry import (
    commodities,
    cooperatives,
    members,
    policies,
    village_costs,
    villages,
)
from services.cooperative.tables.shares import offers, sentences, shares, sharing_papers, sharings
from services.cooperative.tables.windows import lines, windows

__all__ = [
    "books",
    "carried",
    "collections",
    "commodities",
    "cooperatives",
    "corrections",
    "credit_entries",
    "lines",
    "lots",
    "members",
    "metadata",
    "offers",
    "orders",
    "points",
    "policies",
    "sentences",
    "shares",
    "sharing_papers",
    "sharings",
    "village_costs",
    "villages",
    "weigh_ins",
    "weighings",
    "window_plans",
    "windows",
]
