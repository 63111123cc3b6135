"""Shares: by the stock facts that move them, and by the people they are for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Line, Share, ShareStatus, Window
from services.cooperative.events import HoldRefused, StockCommitted, StockHeld
from services.cooperative.tables import lines, shares, windows


class WantedShares(NamedTuple):
    """Which shares are asked for; None is any."""

    window_id: UUID | None = None
    status: ShareStatus | None = None


class Asked(NamedTuple):
    """A share and the window in which it is asked for."""

    share: Share
    window: Window


class Committed(NamedTuple):
    """A share, its line, and whose window it is in."""

    share: Share
    line: Line
    cooperative_id: UUID


def add_shares(tx: Tx, made: Iterable[Share]) -> None:
    for share in made:
        tx.add(share)


async def share_and_window(tx: Tx, told: StockHeld | HoldRefused) -> list[UUID]:
    found = await tx.scalars(select(shares.c.window_id).where(shares.c.id == told.share_id))
    return [told.share_id, *found]


async def share_and_line(tx: Tx, told: StockCommitted) -> list[UUID]:
    found = await tx.scalars(select(shares.c.line_id).where(shares.c.id == told.share_id))
    return [told.share_id, *found]


async def asked_share(tx: Tx, share_id: UUID) -> Asked:
    """A share that must be here, because this service asked for its hold."""
    both = select(Share, Window).join_from(shares, windows, shares.c.window_id == windows.c.id)
    row = (await tx.execute(both.where(shares.c.id == share_id))).one()
    return Asked(row.Share, row.Window)


async def share_to_commit(tx: Tx, share_id: UUID) -> Committed:
    both = select(Share, Line, windows.c.cooperative_id).join_from(
        shares, lines, shares.c.line_id == lines.c.id
    )
    joined = both.join(windows, windows.c.id == shares.c.window_id).where(shares.c.id == share_id)
    row = (await tx.execute(joined)).one()
    return Committed(row.Share, row.Line, row.cooperative_id)


async def share_of(tx: Tx, caller: Caller, share_id: UUID) -> Share:
    """A share that the caller may see."""
    seen = select(Share).join(windows, windows.c.id == shares.c.window_id)
    found: Share | None = await tx.scalar(seen.where(shares.c.id == share_id, seen_by(caller)))
    if found is None:
        raise NotFound
    return found


async def shares_of(tx: Tx, caller: Caller, wanted: WantedShares, part: Slice) -> Sequence[Share]:
    """The shares of the kind wanted that the caller may see, newest first."""
    asked = select(Share).join(windows, windows.c.id == shares.c.window_id).where(seen_by(caller))
    if wanted.window_id is not None:
        asked = asked.where(shares.c.window_id == wanted.window_id)
    if wanted.status is not None:
        asked = asked.where(shares.c.status == wanted.status)
    return (await tx.scalars(part.narrow(asked, by=shares.c.id))).all()


def seen_by(caller: Caller) -> ColumnElement[bool]:
    """A manager sees his cooperative's, a seller his own, an assistant theirs in the villages served."""
    here, own = windows.c.cooperative_id == caller.cooperative, shares.c.seller_id == caller.person
    match caller.role:
        case "manager":
            return here
        case "assistant":
            return and_(here, own, shares.c.village.in_(caller.villages))
    return own
