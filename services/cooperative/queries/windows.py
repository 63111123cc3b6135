"""Windows and the lines of their books."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Line, Window
from services.cooperative.tables import lines, windows


async def window(tx: Tx, window_id: UUID) -> Window:
    """A window that must be here, because this service announced it."""
    found = await tx.get(Window, window_id)
    if found is None:
        raise LookupError(f"no window {window_id}")
    return found


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


async def lines_of(tx: Tx, window_id: UUID) -> Sequence[Line]:
    """The lines of a window's closed book, in order of placing."""
    return (
        await tx.scalars(select(Line).where(lines.c.window_id == window_id).order_by(lines.c.place))
    ).all()


async def lines_named(tx: Tx, line_ids: Iterable[UUID]) -> Sequence[Line]:
    """These lines, without the thousands beside them."""
    return (await tx.scalars(select(Line).where(lines.c.id.in_(set(line_ids))))).all()


async def commodities_by_line(tx: Tx, window_id: UUID) -> dict[UUID, UUID]:
    told = select(lines.c.id, lines.c.commodity_id).where(lines.c.window_id == window_id)
    return {row.id: row.commodity_id for row in await tx.execute(told)}
