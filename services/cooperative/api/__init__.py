"""Cooperative over HTTP."""

from services.cooperative.api.credits import router as balances
from services.cooperative.api.picking import router as picking
from services.cooperative.api.plans import router as plans
from services.cooperative.api.points import router as points
from services.cooperative.api.policy import router as policy
from services.cooperative.api.registry import router as registry
from services.cooperative.api.shares import router as shares
from services.cooperative.api.sharings import router as sharings
from services.cooperative.api.trace import router as trace
from services.cooperative.api.weighing import router as weighing
from services.cooperative.api.windows import router as windows

routers = (registry, policy, plans, windows, points, picking, weighing, trace, shares, sharings, balances)
