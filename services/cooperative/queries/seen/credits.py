"""What sellers carry over and how it came about, as people may see it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, select

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.tx import Tx
from services.cooperative.domain import Role
from services.cooperative.tables import carried, commodities, credit_entries, members, sharings

_NAMED = commodities.c.name.label("commodity_name"), commodities.c.unit


async def credits_of(tx: Tx, caller: Caller, part: Slice) -> Sequence[Row[Any]]:
    """Sellers that the caller may know, each with what he carries over, by commodity."""
    sellers = select(members).where(known(caller), members.c.role == Role.SELLER)
    return (await tx.execute(part.narrow(sellers, members.c.id))).all()


async def may_know_credits(tx: Tx, caller: Caller) -> bool:
    """Whether those of the person who calls or is acted for are the caller's to see."""
    own = members.c.person_id == caller.person
    return bool(await tx.scalar(select(exists().where(known(caller), own))))


async def amounts_of(tx: Tx, cooperative_id: UUID, seller_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    """What these sellers carry over, where it is not nothing."""
    told = select(carried, *_NAMED).join(commodities, commodities.c.id == carried.c.commodity_id)
    own = carried.c.cooperative_id == cooperative_id, carried.c.seller_id.in_(seller_ids)
    return (await tx.execute(told.where(*own, carried.c.amount != 0).order_by(commodities.c.name))).all()


async def entries_of(tx: Tx, caller: Caller, part: Slice) -> Sequence[Row[Any]]:
    """Every change of those credits, newest first, with its reason."""
    told = (
        select(
            credit_entries,
            *_NAMED,
            members.c.name.label("seller_name"),
            members.c.village,
            sharings.c.window_id,
        )
        .join(commodities, commodities.c.id == credit_entries.c.commodity_id)
        .join(sharings, sharings.c.id == credit_entries.c.sharing_id)
        .join(members, _whose())
    )
    return (await tx.execute(part.narrow(told.where(known(caller)), credit_entries.c.id))).all()


def _whose() -> ColumnElement[bool]:
    return and_(
        members.c.cooperative_id == credit_entries.c.cooperative_id,
        members.c.person_id == credit_entries.c.seller_id,
    )


def known(caller: Caller) -> ColumnElement[bool]:
    """A manager knows his cooperative's members, an assistant those of the villages served, a seller himself."""
    here = members.c.cooperative_id == caller.own_cooperative
    served = members.c.village.in_(caller.villages)
    match caller.role:
        case "manager":
            return here
        case "assistant" if caller.on_behalf_of is None:
            return and_(here, served)
        case "assistant":
            return and_(here, served, members.c.person_id == caller.person)
    return and_(here, members.c.person_id == caller.person)
