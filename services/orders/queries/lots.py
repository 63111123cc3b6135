"""What is known today of others' lots: enough to warn a buyer early, never to promise anything."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.projection import First, Later, keep_latest
from services.chassis.tx import Tx
from services.orders.events import LotListed, LotRepriced, LotWithdrawn, StockTold
from services.orders.tables import commodities, lines, lots, orders, windows


async def list_lot(tx: Tx, lot: LotListed) -> None:
    await tx.execute(insert(lots).values(_row(lot)).on_conflict_do_nothing())


async def reprice_lot(tx: Tx, lot: LotRepriced) -> None:
    await tx.execute(_later(lot.lot_id, lot.version).values(price=lot.price, version=lot.version))


async def restock_lot(tx: Tx, lot: StockTold) -> None:
    await tx.execute(_later(lot.lot_id, lot.version).values(available=lot.available, version=lot.version))


async def withdraw_lot(tx: Tx, lot: LotWithdrawn) -> None:
    """What is released to it later cannot be ordered either."""
    gone = {"available": lot.available, "withdrawn": True, "version": lot.version}
    await tx.execute(_later(lot.lot_id, lot.version).values(**gone))


LotTold = LotListed | LotRepriced | LotWithdrawn | StockTold


async def keep_lots(tx: Tx, told: Sequence[LotTold]) -> None:
    """The same for many facts about lots, in their order."""
    await keep_latest(tx, lots, map(_as_told, told))


def _as_told(told: LotTold) -> First | Later:
    if isinstance(told, LotListed):
        return First(told.lot_id, _row(told))
    if isinstance(told, LotRepriced):
        return Later(told.lot_id, told.version, {"price": told.price})
    gone = {"withdrawn": True} if isinstance(told, LotWithdrawn) else {}
    return Later(told.lot_id, told.version, {"available": told.available, **gone})


def _row(lot: LotListed) -> dict[str, Any]:
    row = lot.model_dump(exclude={"lot_id", "quantity"})
    return row | {"id": lot.lot_id, "available": lot.quantity, "withdrawn": False}


def _later(lot_id: UUID, version: int) -> Update:
    return update(lots).where(lots.c.id == lot_id, lots.c.version < version)


async def lines_no_lot_meets(tx: Tx, line_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these lines no lot known today could serve at its grade, cap and day, were it all alone."""
    return set(await tx.scalars(_no_lot_meets(), {"line_ids": [*line_ids]}))


@cache
def _no_lot_meets() -> Select[UUID]:
    wanted = lines.c.line_id.in_(bindparam("line_ids", expanding=True))
    return (
        select(lines.c.line_id)
        .join(orders, orders.c.id == lines.c.order_id)
        .outerjoin(windows, windows.c.id == orders.c.window_id)
        .join(commodities, commodities.c.id == lines.c.commodity_id)
        .where(wanted, ~exists().where(_meets()))
    )


def _meets() -> ColumnElement[bool]:
    best_first = commodities.c.grades
    good_enough = func.array_position(best_first, lots.c.grade) <= func.array_position(
        best_first, lines.c.grade
    )
    return and_(
        lots.c.commodity_id == lines.c.commodity_id,
        lots.c.available > 0,
        lots.c.withdrawn.is_(False),
        lots.c.price <= lines.c.cap,
        or_(lines.c.grade.is_(None), good_enough),
        lots.c.certificates.contains(lines.c.certificates),
        func.coalesce(lots.c.ready_on <= windows.c.delivery_day, True),
        func.coalesce(lots.c.expires_on >= windows.c.delivery_day, True),
    )
