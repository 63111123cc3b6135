"""Orders that wait for a window, and the windows that could take them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from services.chassis.tx import Tx
from services.orders.domain import Order, Status, Window
from services.orders.queries.windows import lines_left
from services.orders.tables import lines, orders, windows


async def window_that_takes(
    tx: Tx, cooperative_id: UUID, commodity_ids: Collection[UUID], now: datetime
) -> UUID | None:
    """The open window of the cooperative that takes all these commodities and closes soonest."""
    takes = windows.c.commodity_ids.contains(list(commodity_ids)), windows.c.opens_at <= now
    fits = select(windows.c.id).where(_can_be_joined(cooperative_id, now), *takes)
    found: UUID | None = await tx.scalar(fits.order_by(windows.c.closes_at, windows.c.id).limit(1))
    return found


async def let_in_soon(tx: Tx, cooperative_id: UUID, now: datetime) -> None:
    """An order of the cooperative has begun to wait: windows that are open already look again who waits."""
    opened = _can_be_joined(cooperative_id, now), windows.c.opened_at.is_not(None)
    for row in await tx.execute(select(windows.c.id, windows.c.opens_at).where(*opened)):
        await tx.schedule("let-in", row.id, row.opens_at)


def _can_be_joined(cooperative_id: UUID, now: datetime) -> ColumnElement[bool]:
    return and_(
        windows.c.cooperative_id == cooperative_id,
        windows.c.closed_at.is_(None),
        windows.c.called_off.is_(None),
        windows.c.closes_at > now,
    )


async def window_and_who_waits(tx: Tx, window_id: UUID) -> list[UUID]:
    """The window, the orders it would let in, and their cooperative, whose key who begins to wait holds too."""
    found = await tx.get(Window, window_id)
    if found is None:
        return [window_id]
    return [window_id, found.cooperative_id, *await tx.scalars(await _who_waits(tx, found))]


async def who_waits(tx: Tx, window: Window) -> Sequence[Order]:
    """The orders that wait for such a window, those placed first before others, as many as still fit in it."""
    ids = await _who_waits(tx, window)
    found = select(Order).where(orders.c.id.in_(ids)).order_by(orders.c.placed_at, orders.c.id)
    return (await tx.scalars(found)).all()


async def _who_waits(tx: Tx, window: Window) -> Select[tuple[UUID]]:
    """Strictly in turn: one that does not fit keeps those behind it waiting, however small they are."""
    other = select(lines.c.line_id).where(
        lines.c.order_id == orders.c.id, lines.c.commodity_id.not_in(window.commodity_ids)
    )
    many = select(func.count()).where(lines.c.order_id == orders.c.id).scalar_subquery()
    taken = func.sum(many).over(order_by=(orders.c.placed_at, orders.c.id)).label("taken")
    waits = orders.c.cooperative_id == window.cooperative_id, orders.c.status == Status.WAITING
    turn = select(orders.c.id, taken).where(*waits, ~other.exists()).subquery()
    return select(turn.c.id).where(turn.c.taken <= await lines_left(tx, window.id))
