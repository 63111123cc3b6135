"""Windows and commodities as cooperative announced them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, extract, false, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.projection import keep_newest
from services.chassis.tx import Tx
from services.orders.domain import Commodity, Order, Status, Window
from services.orders.domain.books import MOST_LINES
from services.orders.domain.refusals import UnknownWindow, WindowFull
from services.orders.events import CommodityListed, WindowAnnounced, WindowCalledOff
from services.orders.tables import commodities, lines, orders, windows

NOBODYS = UUID(int=0)
_COMMODITIES = select(Commodity).where(commodities.c.id.in_(bindparam("ids", expanding=True)))
_LINES_OF_OTHERS = (
    select(func.count())
    .select_from(lines)
    .join(orders, orders.c.id == lines.c.order_id)
    .where(
        orders.c.window_id == bindparam("window"),
        orders.c.status == Status.PLACED,
        orders.c.id != bindparam("order"),
    )
)


class Phase(StrEnum):
    """How far a window is, in the order in which windows are listed."""

    OPEN = "open"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


class WantedWindows(NamedTuple):
    """Which windows are asked for; None is any."""

    phase: Phase | None = None
    cooperative_id: UUID | None = None
    commodity_id: UUID | None = None


async def announce_window(tx: Tx, announced: WindowAnnounced) -> bool:
    """Keep a window; answers whether it is new."""
    row = announced.model_dump(exclude={"window_id", "version", "commodities"})
    row |= {"id": announced.window_id, "commodity_ids": announced.commodities}
    fresh = insert(windows).values(row).on_conflict_do_nothing().returning(windows.c.id)
    return await tx.scalar(fresh) is not None


async def mark_called_off(tx: Tx, called_off: WindowCalledOff) -> None:
    still_on = and_(windows.c.id == called_off.window_id, windows.c.called_off.is_(None))
    await tx.execute(update(windows).where(still_on).values(called_off=called_off.reason))


async def list_commodity(tx: Tx, listed: CommodityListed) -> None:
    row = _row(listed)
    earlier = commodities.c.version < listed.version
    upsert = insert(commodities).values(row)
    await tx.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=row, where=earlier))


async def list_commodities(tx: Tx, listed: Sequence[CommodityListed]) -> None:
    """The same for many, in their order."""
    await keep_newest(tx, commodities, listed, _row)


def _row(listed: CommodityListed) -> dict[str, Any]:
    return listed.model_dump(exclude={"commodity_id"}) | {"id": listed.commodity_id}


async def window(tx: Tx, window_id: UUID) -> Window:
    found = await tx.get(Window, window_id)
    if found is None:
        raise UnknownWindow
    return found


async def check_room(tx: Tx, window: Window, order: Order) -> None:
    """Refuse what would make the window's book too long; an order's own lines may change.

    Orders placed at the same moment do not see each other: as many as there are connections may fit in above it.
    """
    left = await lines_left(tx, window.id, but=order.id)
    if len(order.lines) > left:
        raise WindowFull(window=window.code, most=MOST_LINES, left=max(0, left))


async def lines_left(tx: Tx, window_id: UUID, but: UUID | None = None) -> int:
    """How many more lines the window's book takes, one order's own not counted."""
    others = await tx.scalar(_LINES_OF_OTHERS, {"window": window_id, "order": but or NOBODYS})
    return MOST_LINES - (others or 0)


async def check_cooperative(tx: Tx, cooperative_id: UUID) -> None:
    """Refuse a cooperative that lists nothing: nobody knows it here, and nothing can be ordered of it."""
    listed = select(commodities.c.id).where(commodities.c.cooperative_id == cooperative_id)
    if not await tx.scalar(select(listed.exists())):
        raise NotFound


async def commodities_of(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, Commodity]:
    known = await tx.scalars(_COMMODITIES, {"ids": [*ids]})
    return {commodity.id: commodity for commodity in known}


async def window_in_phase(tx: Tx, window_id: UUID, now: datetime) -> tuple[Window, Phase]:
    asked = select(Window, _phase(now).label("phase")).where(windows.c.id == window_id)
    found = (await tx.execute(asked)).one_or_none()
    if found is None:
        raise NotFound
    return found.Window, Phase(found.phase)


async def windows_open_first(
    tx: Tx, wanted: WantedWindows, part: Slice, now: datetime
) -> list[tuple[Window, Phase]]:
    """Open ones, those that close soonest before others; then announced ones; then past ones, latest first."""
    asked = select(Window, _phase(now).label("phase")).where(*_are(wanted, now))
    if part.after is not None:
        last = (await tx.execute(select(*_place(now)).where(windows.c.id == part.after))).one_or_none()
        asked = asked.where(tuple_(*_place(now)) > tuple_(*last) if last else false())
    rows = await tx.execute(asked.order_by(*_place(now)).limit(part.limit + 1))
    return [(row.Window, Phase(row.phase)) for row in rows]


def _are(wanted: WantedWindows, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.phase is not None:
        yield _phase(now) == wanted.phase
    if wanted.cooperative_id is not None:
        yield windows.c.cooperative_id == wanted.cooperative_id
    if wanted.commodity_id is not None:
        yield windows.c.commodity_ids.contains([wanted.commodity_id])


def _is_past(now: datetime) -> ColumnElement[bool]:
    return or_(
        windows.c.called_off.is_not(None), windows.c.closed_at.is_not(None), windows.c.closes_at <= now
    )


def _phase(now: datetime) -> ColumnElement[str]:
    return case(
        (windows.c.called_off.is_not(None), Phase.CALLED_OFF.value),
        (_is_past(now), Phase.CLOSED.value),
        (windows.c.opens_at > now, Phase.ANNOUNCED.value),
        else_=Phase.OPEN.value,
    )


def _place(now: datetime) -> tuple[ColumnElement[int], ColumnElement[Decimal], ColumnElement[UUID]]:
    closes = extract("epoch", windows.c.closes_at)
    rank = case((_is_past(now), 2), (windows.c.opens_at > now, 1), else_=0)
    return rank, case((_is_past(now), -closes), else_=closes), windows.c.id
