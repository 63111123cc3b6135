"""Lots as catalog tells of them, and what a window can be shared over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.projection import First, Later, keep_latest
from services.chassis.tx import Tx
from services.cooperative.domain import Commodity, Line, Market, Role, Window
from services.cooperative.events import (
    HoldExpired,
    HoldRefused,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    StockCommitted,
    StockHeld,
    StockReleased,
)
from services.cooperative.sharing import Lot
from services.cooperative.tables import commodities, lots, members

STILL_NAMED = timedelta(days=7)
"""How long an expired lot still stands in records with that reason."""
StockTold = LotCorrected | StockHeld | HoldRefused | StockCommitted | StockReleased | HoldExpired


async def keep_lot(tx: Tx, listed: LotListed) -> None:
    await tx.execute(insert(lots).values(_row(listed)).on_conflict_do_nothing())


async def keep_price(tx: Tx, repriced: LotRepriced) -> None:
    await _keep(tx, repriced, {"price": repriced.price})


async def keep_stock(tx: Tx, told: StockTold) -> None:
    """What of the lot can still be held."""
    await _keep(tx, told, {"available": told.available})


async def keep_withdrawal(tx: Tx, told: LotWithdrawn) -> None:
    """What is released to it later is not held again."""
    await _keep(tx, told, {"available": told.available, "withdrawn": True})


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


def _row(listed: LotListed) -> dict[str, Any]:
    row = listed.model_dump(exclude={"lot_id", "quantity"})
    return row | {"id": listed.lot_id, "available": listed.quantity, "withdrawn": False}


async def _keep(tx: Tx, told: LotRepriced | LotWithdrawn | StockTold, news: Mapping[str, Any]) -> None:
    older = lots.c.id == told.lot_id, lots.c.version < told.version
    await tx.execute(update(lots).where(*older).values(**news, version=told.version))


async def market(tx: Tx, window: Window, lines: Iterable[Line]) -> Market:
    """The commodities of these lines, and the cooperative's lots of them that can be had or expired lately."""
    wanted = {line.commodity_id for line in lines}
    products = await tx.scalars(select(Commodity).where(commodities.c.id.in_(wanted)))
    selling = and_(
        members.c.cooperative_id == lots.c.cooperative_id,
        members.c.person_id == lots.c.seller_id,
        members.c.role == Role.SELLER,
    )
    asked = select(lots, members.c.id.is_not(None).label("member")).outerjoin(members, selling)
    offered = asked.where(
        lots.c.cooperative_id == window.cooperative_id,
        lots.c.commodity_id.in_(wanted),
        lots.c.available > 0,
        lots.c.withdrawn.is_(False),
        or_(lots.c.expires_on.is_(None), lots.c.expires_on >= window.delivery_day - STILL_NAMED),
    )
    rows = (await tx.execute(offered)).mappings().all()
    return Market(
        products=[commodity.as_product() for commodity in products],
        lots=[_lot(row) for row in rows],
        sellers={row["id"]: row["seller_id"] for row in rows},
    )


def _lot(row: RowMapping) -> Lot:
    kept = {name: row[name] for name in Lot.model_fields.keys() & row.keys()}
    lot_id: UUID = row["id"]
    return Lot(**kept, lot_id=lot_id, lot_code=row["code"], spent=False)
