"""Window plans: whose they are, and which days have their window already."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import WindowPlan
from services.cooperative.tables import window_plans, windows


async def plan(tx: Tx, plan_id: UUID) -> WindowPlan:
    """A plan that must be here, because this service made it."""
    found = await tx.get(WindowPlan, plan_id)
    if found is None:
        raise LookupError(f"no window plan {plan_id}")
    return found


async def plan_of(tx: Tx, cooperative_id: UUID, plan_id: UUID) -> WindowPlan:
    """A plan of this cooperative."""
    found = await tx.get(WindowPlan, plan_id)
    if found is None or found.cooperative_id != cooperative_id:
        raise NotFound
    return found


async def plans_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[WindowPlan]:
    wanted = select(WindowPlan).where(window_plans.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, window_plans.c.id))).all()


async def days_announced(tx: Tx, plan: WindowPlan) -> set[date]:
    """Delivery days not looked at yet that have a window of this plan, as after a change of its weekdays."""
    after = [windows.c.delivery_day > plan.looked_at] if plan.looked_at else []
    days = select(windows.c.delivery_day).where(windows.c.plan_id == plan.id, *after)
    return set(await tx.scalars(days))
