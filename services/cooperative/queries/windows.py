"""Windows with all that is shared in them, and the keys of what their steps emit for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, select

from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import AWAITED, LIVE, Line, Round, Share, Window
from services.cooperative.queries.registry import village_names
from services.cooperative.tables import lines, shares, windows


class Saga(NamedTuple):
    """A window with its lines, its shares, and its villages' names."""

    window: Window
    lines: Sequence[Line]
    shares: Sequence[Share]
    names: dict[str, str]


async def window(tx: Tx, window_id: UUID) -> Window:
    """A window that must be here, because this service announced it."""
    found = await tx.get(Window, window_id)
    if found is None:
        raise LookupError(f"no window {window_id}")
    return found


async def saga(tx: Tx, window_id: UUID) -> Saga:
    found = await window(tx, window_id)
    own_lines = await tx.scalars(select(Line).where(lines.c.window_id == window_id).order_by(lines.c.place))
    own_shares = await tx.scalars(select(Share).where(shares.c.window_id == window_id).order_by(shares.c.id))
    names = await village_names(tx, found.cooperative_id)
    return Saga(found, own_lines.all(), own_shares.all(), names)


async def window_of(tx: Tx, cooperative_id: UUID, window_id: UUID) -> Window:
    """A window of this cooperative."""
    found = await tx.get(Window, window_id)
    if found is None or found.cooperative_id != cooperative_id:
        raise NotFound
    return found


async def windows_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[Window]:
    wanted = select(Window).where(windows.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, windows.c.id))).all()


async def add_lines(tx: Tx, taken: Iterable[Line]) -> None:
    for line in taken:
        tx.add(line)
    await tx.flush()


async def add_round(tx: Tx, opened: Round) -> None:
    for share in opened.shares:
        tx.add(share)


async def window_and_live_shares(tx: Tx, window_id: UUID) -> list[UUID]:
    live = shares.c.window_id == window_id, shares.c.status.in_(LIVE)
    return [window_id, *await tx.scalars(select(shares.c.id).where(*live))]


async def window_lines_and_live_shares(tx: Tx, window_id: UUID) -> list[UUID]:
    own_lines = await tx.scalars(select(lines.c.id).where(lines.c.window_id == window_id))
    return [*await window_and_live_shares(tx, window_id), *own_lines]


async def unsettled_lines(tx: Tx, window_id: UUID) -> list[UUID]:
    open_lines = lines.c.window_id == window_id, lines.c.filled.is_(None)
    return list(await tx.scalars(select(lines.c.id).where(*open_lines)))


async def all_answered(tx: Tx, window_id: UUID) -> bool:
    """Whether no hold and no answer is awaited in the open round."""
    await tx.flush()
    awaited = shares.c.window_id == window_id, shares.c.round_open, shares.c.status.in_(AWAITED)
    return not await tx.scalar(select(exists().where(*awaited)))
