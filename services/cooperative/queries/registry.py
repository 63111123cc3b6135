"""Cooperatives, villages, members and commodities: whose they are, and whether they are there already."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from uuid import UUID

from sqlalchemy import exists, select

from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Commodity, Cooperative, Member, Policy, Village, VillageCosts
from services.cooperative.domain.refusals import (
    CommodityTwice,
    MemberTwice,
    UnknownCommodity,
    UnknownVillage,
    VillageTwice,
)
from services.cooperative.sharing import Pseudonyms
from services.cooperative.tables import (
    commodities,
    cooperatives,
    members,
    policies,
    village_costs,
    villages,
    windows,
)

MOST_CHANGES = 100


async def cooperative(tx: Tx, cooperative_id: UUID) -> Cooperative:
    found = await tx.get(Cooperative, cooperative_id)
    if found is None:
        raise NotFound
    return found


async def check_new_village(tx: Tx, cooperative_id: UUID, code: str) -> None:
    """Refuse a village that is a member already."""
    await cooperative(tx, cooperative_id)
    if await _has_village(tx, cooperative_id, code):
        raise VillageTwice(village=code)


async def check_new_member(tx: Tx, cooperative_id: UUID, village: str, person_id: UUID) -> None:
    """Refuse a person who is a member already, or of a village that is none."""
    await cooperative(tx, cooperative_id)
    if not await _has_village(tx, cooperative_id, village):
        raise UnknownVillage(village=village)
    same = members.c.cooperative_id == cooperative_id, members.c.person_id == person_id
    if await tx.scalar(select(exists().where(*same))):
        raise MemberTwice(person_id=person_id)


async def check_new_commodity(tx: Tx, cooperative_id: UUID, name: str) -> None:
    """Refuse a name that is on the list already."""
    await cooperative(tx, cooperative_id)
    same = commodities.c.cooperative_id == cooperative_id, commodities.c.name == name
    if await tx.scalar(select(exists().where(*same))):
        raise CommodityTwice(name=name)


async def check_commodities(tx: Tx, cooperative_id: UUID, wanted: Collection[UUID]) -> None:
    """Refuse a window's commodities unless all are on the cooperative's list, each with its reference price."""
    await cooperative(tx, cooperative_id)
    listed = commodities.c.cooperative_id == cooperative_id, commodities.c.id.in_(wanted)
    known = set(await tx.scalars(select(commodities.c.id).where(*listed)))
    for commodity_id in wanted:
        if commodity_id not in known:
            raise UnknownCommodity(commodity_id=commodity_id)


async def villages_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[Village]:
    wanted = select(Village).where(villages.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, villages.c.id))).all()


async def village_of(tx: Tx, cooperative_id: UUID, village_id: UUID) -> Village:
    own = villages.c.cooperative_id == cooperative_id, villages.c.id == village_id
    found: Village | None = await tx.scalar(select(Village).where(*own))
    if found is None:
        raise NotFound
    return found


async def costs_decided(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[VillageCosts]:
    wanted = select(VillageCosts).where(village_costs.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, village_costs.c.id))).all()


async def members_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[Member]:
    wanted = select(Member).where(members.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, members.c.id))).all()


async def commodities_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[Commodity]:
    wanted = select(Commodity).where(commodities.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, commodities.c.id))).all()


async def reference_prices(tx: Tx, cooperative_id: UUID) -> dict[UUID, Fraction]:
    """Rupiah for one smallest unit of each commodity."""
    wanted = select(commodities.c.id, commodities.c.reference_price, commodities.c.per)
    rows = await tx.execute(wanted.where(commodities.c.cooperative_id == cooperative_id))
    return {row.id: Fraction(row.reference_price, row.per) for row in rows}


async def village_names(tx: Tx, cooperative_id: UUID) -> dict[str, str]:
    wanted = select(villages.c.code, villages.c.name).where(villages.c.cooperative_id == cooperative_id)
    return {row.code: row.name for row in await tx.execute(wanted)}


async def village_names_in(tx: Tx, window_id: UUID) -> dict[str, str]:
    """The names of the villages of the window's cooperative."""
    whose = select(windows.c.cooperative_id).where(windows.c.id == window_id).scalar_subquery()
    wanted = select(villages.c.code, villages.c.name).where(villages.c.cooperative_id == whose)
    return {row.code: row.name for row in await tx.execute(wanted)}


async def names_in_window(tx: Tx, window_id: UUID, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of those people who are members of the window's cooperative."""
    whose = select(windows.c.cooperative_id).where(windows.c.id == window_id).scalar_subquery()
    ours = members.c.cooperative_id == whose, members.c.person_id.in_(people)
    rows = await tx.execute(select(members.c.person_id, members.c.name).where(*ours))
    return {row.person_id: row.name for row in rows}


async def policy(tx: Tx, cooperative_id: UUID) -> Policy:
    """The newest; where nobody has decided anything, what holds for all."""
    newest = select(Policy).where(policies.c.cooperative_id == cooperative_id)
    found = await tx.scalar(newest.order_by(policies.c.version.desc()).limit(1))
    return found or Policy(cooperative_id=cooperative_id)


async def policies_of(tx: Tx, cooperative_id: UUID) -> Sequence[Policy]:
    """Every policy that was decided, newest first."""
    told = select(Policy).where(policies.c.cooperative_id == cooperative_id)
    return (await tx.scalars(told.order_by(policies.c.version.desc()).limit(MOST_CHANGES))).all()


async def pseudonyms(tx: Tx, cooperative_id: UUID) -> Pseudonyms:
    key = await tx.scalar(select(cooperatives.c.pseudonym_key).where(cooperatives.c.id == cooperative_id))
    return Pseudonyms(key)


async def _has_village(tx: Tx, cooperative_id: UUID, code: str) -> bool:
    same = villages.c.cooperative_id == cooperative_id, villages.c.code == code
    return bool(await tx.scalar(select(exists().where(*same))))
