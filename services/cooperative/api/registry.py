"""Cooperatives, their villages, members and commodities, over HTTP."""

from uuid import UUID

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.cooperative import queries
from services.cooperative.api.bodies import NewCommodity, NewCooperative, NewCosts, NewMember, NewVillage
from services.cooperative.api.callers import Anyone, Manager, Operator
from services.cooperative.api.views import (
    CommodityView,
    CooperativeView,
    MemberView,
    VillageCostsView,
    VillageView,
)
from services.cooperative.domain import Cooperative

router = service_router(tags=["cooperatives"])


@router.post("/cooperatives", status_code=201)
async def found_cooperative(new: NewCooperative, _: Operator, tx: RequestTx, now: Now) -> CooperativeView:
    """Found a cooperative of villages; its manager's token then names it."""
    cooperative = Cooperative(id=new_id(), created_at=now, **dict(new))
    tx.add(cooperative)
    return CooperativeView.model_validate(cooperative)


@router.get("/cooperatives/{cooperative_id}")
async def see_cooperative(cooperative_id: UUID, _: Anyone, tx: RequestTx) -> CooperativeView:
    """A cooperative's name, district and manager."""
    return CooperativeView.model_validate(await queries.cooperative(tx, cooperative_id))


@router.post("/villages", status_code=201)
async def add_village(new: NewVillage, manager: Manager, tx: RequestTx, now: Now) -> VillageView:
    """Make a village a member of the manager's cooperative."""
    await queries.check_new_village(tx, manager.own_cooperative, new.code)
    village = new.village(manager.own_cooperative)
    costs = {"stop_cost": new.stop_cost, "haul_cost": new.haul_cost}
    tx.add(village)
    await tx.flush()
    tx.add(village.cost(**costs, of=new_id(), by=tx.actor, at=now))
    return VillageView.model_validate(village)


@router.put("/villages/{village_id}/costs")
async def change_costs(
    village_id: UUID, wish: NewCosts, manager: Manager, tx: RequestTx, now: Now
) -> VillageView:
    """Decide what a truck's stop in the village and the way from there cost, for sharings frozen from now on."""
    await tx.lock(village_id)
    village = await queries.village_of(tx, manager.own_cooperative, village_id)
    tx.add(village.cost(**dict(wish), of=new_id(), by=tx.actor, at=now))
    return VillageView.model_validate(village)


@router.get("/villages/costs/changes")
async def see_cost_changes(manager: Manager, tx: RequestTx, paging: Paging) -> Page[VillageCostsView]:
    """What was decided on the villages' costs, newest first: what, by whom, when."""
    seen = await queries.costs_decided(tx, manager.own_cooperative, paging)
    return paging.page([VillageCostsView.model_validate(one) for one in seen], by=lambda costs: costs.id)


@router.get("/villages")
async def see_villages(manager: Manager, tx: RequestTx, paging: Paging) -> Page[VillageView]:
    """The member villages, newest first."""
    seen = await queries.villages_of(tx, manager.own_cooperative, paging)
    return paging.page(
        [VillageView.model_validate(village) for village in seen], by=lambda village: village.id
    )


@router.post("/members", status_code=201)
async def add_member(new: NewMember, manager: Manager, tx: RequestTx) -> MemberView:
    """Make a person of a member village a seller, or an assistant who acts for sellers without a phone."""
    await queries.check_new_member(tx, manager.own_cooperative, new.village, new.person_id)
    member = new.member(manager.own_cooperative)
    tx.add(member)
    return MemberView.model_validate(member)


@router.get("/members")
async def see_members(manager: Manager, tx: RequestTx, paging: Paging) -> Page[MemberView]:
    """The members, newest first."""
    seen = await queries.members_of(tx, manager.own_cooperative, paging)
    return paging.page([MemberView.model_validate(member) for member in seen], by=lambda member: member.id)


@router.post("/commodities", status_code=201)
async def list_commodity(new: NewCommodity, manager: Manager, tx: RequestTx) -> CommodityView:
    """Put a commodity on the list: how it is counted, graded and sold, and its reference price."""
    await queries.check_new_commodity(tx, manager.own_cooperative, new.name)
    commodity = new.commodity(manager.own_cooperative)
    listed = commodity.listed()
    tx.add(commodity)
    emit(tx, listed)
    return CommodityView.model_validate(commodity)


@router.get("/commodities")
async def see_commodities(manager: Manager, tx: RequestTx, paging: Paging) -> Page[CommodityView]:
    """The cooperative's commodity list, newest first."""
    seen = await queries.commodities_of(tx, manager.own_cooperative, paging)
    return paging.page([CommodityView.model_validate(listed) for listed in seen], by=lambda listed: listed.id)
