"""Published sharings of a cooperative, and which lots in them are a seller's own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Sharing
from services.cooperative.tables import lots, sharings, windows


async def sharing_of(tx: Tx, caller: Caller, sharing_id: UUID) -> Sharing:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    found: Sharing | None = await tx.scalar(seen.where(sharings.c.id == sharing_id, _seen_by(caller)))
    if found is None:
        raise NotFound
    return found


async def sharings_of(tx: Tx, caller: Caller, window_id: UUID, part: Slice) -> Sequence[Sharing]:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    wanted = seen.where(sharings.c.window_id == window_id, _seen_by(caller))
    return (await tx.scalars(part.narrow(wanted, by=sharings.c.id))).all()


async def own_lots(tx: Tx, caller: Caller) -> set[UUID]:
    """The lots of the person who calls or is acted for."""
    own = lots.c.seller_id == caller.person
    if caller.role == "assistant":
        own &= lots.c.village.in_(caller.villages)
    return set(await tx.scalars(select(lots.c.id).where(own)))


def _seen_by(caller: Caller) -> ColumnElement[bool]:
    return windows.c.cooperative_id == caller.cooperative


async def records_of(tx: Tx, window_id: UUID) -> Sequence[Sharing]:
    """All sharings of a window, in order."""
    wanted = select(Sharing).where(sharings.c.window_id == window_id).order_by(sharings.c.round)
    return (await tx.scalars(wanted)).all()
