"""Window plans over HTTP: windows of each week that announce themselves."""

from uuid import UUID

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.page import Page, Paging
from services.chassis.telling import EntryView, Spoken
from services.chassis.timeline import entries, note
from services.cooperative import plan_texts, queries
from services.cooperative.api.bodies import NewPlan
from services.cooperative.api.callers import Manager
from services.cooperative.api.plan_view import PlanView
from services.cooperative.domain import WindowPlan

router = service_router(tags=["window plans"])


@router.post("/window-plans", status_code=201)
async def make_plan(new: NewPlan, manager: Manager, tx: RequestTx, now: Now) -> PlanView:
    """Say which windows there are each week: each is announced by itself, so many days before it opens."""
    await queries.check_commodities(tx, manager.own_cooperative, new.commodities)
    plan = WindowPlan(id=new_id(), cooperative_id=manager.own_cooperative, **new.said())
    plan.check(now)
    plan.look_again(now)
    tx.add(plan)
    await note(tx, plan.id, plan_texts.MADE)
    await tx.schedule("announce-windows", plan.id, plan.next_due().at)
    return PlanView.of(plan)


@router.get("/window-plans")
async def see_plans(manager: Manager, tx: RequestTx, paging: Paging) -> Page[PlanView]:
    """The cooperative's plans, newest first."""
    seen = await queries.plans_of(tx, manager.own_cooperative, paging)
    return paging.page([PlanView.of(plan) for plan in seen], by=lambda plan: plan.id)


@router.get("/window-plans/{plan_id}")
async def see_plan(plan_id: UUID, manager: Manager, tx: RequestTx) -> PlanView:
    """One plan, and which delivery day it announces next."""
    return PlanView.of(await queries.plan_of(tx, manager.own_cooperative, plan_id))


@router.put("/window-plans/{plan_id}")
async def change_plan(plan_id: UUID, new: NewPlan, manager: Manager, tx: RequestTx, now: Now) -> PlanView:
    """Say anew which windows there are; those that are announced already stay as they are."""
    await queries.plan_of(tx, manager.own_cooperative, plan_id)
    await queries.check_commodities(tx, manager.own_cooperative, new.commodities)
    await tx.lock(plan_id)
    plan = await queries.plan(tx, plan_id)
    plan.change(**new.said())
    plan.check(now)
    plan.look_again(now)
    await note(tx, plan.id, plan_texts.CHANGED)
    await tx.schedule("announce-windows", plan.id, plan.next_due().at)
    return PlanView.of(plan)


@router.post("/window-plans/{plan_id}/end")
async def end_plan(plan_id: UUID, manager: Manager, tx: RequestTx, now: Now) -> PlanView:
    """Announce no more of its windows; those that are announced already take place."""
    await queries.plan_of(tx, manager.own_cooperative, plan_id)
    await tx.lock(plan_id)
    plan = await queries.plan(tx, plan_id)
    plan.end(now)
    await note(tx, plan.id, plan_texts.ENDED)
    await tx.unschedule("announce-windows", plan.id)
    return PlanView.of(plan)


@router.get("/window-plans/{plan_id}/timeline")
async def see_plan_timeline(
    plan_id: UUID, manager: Manager, tx: RequestTx, language: Spoken
) -> list[EntryView]:
    """Who made, changed and ended it, and which days were skipped because it was too late for them."""
    plan = await queries.plan_of(tx, manager.own_cooperative, plan_id)
    return [EntryView.of(entry, plan_texts.sentence, language) for entry in await entries(tx, plan.id)]
