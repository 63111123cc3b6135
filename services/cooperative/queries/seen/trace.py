"""Where a lot went and where a line came from, as far as catalog made it final."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, select

from services.chassis.access import Caller
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import BROUGHT, ShareStatus
from services.cooperative.queries.picking import served
from services.cooperative.tables import lines, members, shares, weighings, windows


class Passage(NamedTuple):
    """A share that was made final, its line, and what was weighed of its lot for its window."""

    share_id: UUID
    lot_id: UUID
    lot_code: str
    village: str
    commodity_name: str
    unit: str
    line_id: UUID
    status: ShareStatus
    quantity: int
    collected: int | None
    delivery_day: date
    order_id: UUID
    filled: int | None
    ordered: int
    window_id: UUID
    seller_name: str | None
    net: int | None
    grade: str | None
    returned: int | None
    rejected: int | None


async def went_to(tx: Tx, collector: Caller, code: str) -> list[Passage]:
    """Each share of the lots with this code: its window, its line, what was weighed; newest windows first."""
    here = shares.c.lot_code == code, windows.c.cooperative_id == collector.cooperative
    rows = await tx.execute(_shares().where(*here, *served(collector)))
    found = [Passage._make(row) for row in rows]
    if not found:
        raise NotFound
    return found


async def came_from(tx: Tx, line_ids: Collection[UUID]) -> dict[UUID, list[Passage]]:
    """The shares of each line, of whatever lot."""
    found: dict[UUID, list[Passage]] = defaultdict(list)
    for row in await tx.execute(_shares().where(shares.c.line_id.in_(line_ids))):
        found[row.line_id].append(Passage._make(row))
    return found


def _shares() -> Select[Any]:
    whose = and_(
        members.c.cooperative_id == windows.c.cooperative_id, members.c.person_id == shares.c.seller_id
    )
    weighed = and_(weighings.c.window_id == shares.c.window_id, weighings.c.lot_id == shares.c.lot_id)
    columns = (
        shares.c.id.label("share_id"),
        *(shares.c[name] for name in ("lot_id", "lot_code", "village", "commodity_name", "unit")),
        *(shares.c[name] for name in ("line_id", "status", "quantity", "collected", "delivery_day")),
        *(lines.c.order_id, lines.c.filled, lines.c.quantity.label("ordered")),
        *(windows.c.id.label("window_id"), members.c.name.label("seller_name")),
        *(weighings.c.net, weighings.c.grade, weighings.c.returned, weighings.c.rejected),
    )
    told = select(*columns).join_from(shares, lines, lines.c.id == shares.c.line_id)
    named = told.join(windows, windows.c.id == shares.c.window_id).outerjoin(members, whose)
    final = named.outerjoin(weighings, weighed).where(shares.c.status.in_(BROUGHT))
    return final.order_by(windows.c.id.desc(), lines.c.place, shares.c.id)
