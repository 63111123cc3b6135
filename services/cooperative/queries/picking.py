"""What is brought for a window, and whether all of it is known."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select

from services.chassis.access import Caller
from services.chassis.tx import Tx
from services.cooperative.domain import BROUGHT, PENDING, Pick, PickList, ShareStatus, Window, pick_list
from services.cooperative.queries.collection import collected_window, collections_of
from services.cooperative.queries.registry import village_names
from services.cooperative.tables import lines, lots, members, shares


async def picked(tx: Tx, collector: Caller, window_id: UUID, village: str | None = None) -> PickList:
    """Of one village or of all; an assistant sees the villages that he serves."""
    window = await collected_window(tx, collector, window_id)
    wanted = _committed(window)
    if village is not None:
        wanted = wanted.where(shares.c.village == village)
    wanted = wanted.where(*served(collector))
    rows = (await tx.execute(wanted)).mappings()
    return pick_list(
        window,
        [Pick(**row) for row in rows],
        await collections_of(tx, window_id),
        await village_names(tx, window.cooperative_id),
        complete=await _complete(tx, window_id),
    )


def served(collector: Caller) -> list[ColumnElement[bool]]:
    """Which shares those who collect may see: an assistant those of his villages, others all."""
    return [shares.c.village.in_(collector.villages)] if collector.role == "assistant" else []


def _committed(window: Window) -> Select[*tuple[object, ...]]:
    seller = and_(
        members.c.cooperative_id == window.cooperative_id, members.c.person_id == shares.c.seller_id
    )
    columns = (
        shares.c.id.label("share_id"),
        *(shares.c[name] for name in ("village", "lot_id", "lot_code", "commodity_name", "unit")),
        *(shares.c.line_id, shares.c.quantity, lines.c.order_id),
        *(lots.c.grade, lots.c.expires_on, members.c.name.label("seller_name")),
    )
    told = select(*columns).join_from(shares, lines, lines.c.id == shares.c.line_id)
    named = told.outerjoin(lots, lots.c.id == shares.c.lot_id).outerjoin(members, seller)
    here = shares.c.window_id == window.id, shares.c.status.in_(BROUGHT)
    return named.where(*here).order_by(shares.c.lot_code, shares.c.lot_id, lines.c.place, shares.c.id)


async def _complete(tx: Tx, window_id: UUID) -> bool:
    awaited: Sequence[ShareStatus] = tuple(PENDING)
    pending = shares.c.window_id == window_id, shares.c.status.in_(awaited)
    return not await tx.scalar(select(exists().where(*pending)))
