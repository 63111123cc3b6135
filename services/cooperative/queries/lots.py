"""Lots as catalog tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.projection import First, Later, keep_latest
from services.chassis.tx import Tx
from services.cooperative.events import (
    HoldExpired,
    HoldRefused,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    StockCollected,
    StockCommitted,
    StockHeld,
    StockReleased,
)
from services.cooperative.tables import corrections, lots

Corrected = LotCorrected | LotWithdrawn
StockTold = (
    LotCorrected | StockHeld | HoldRefused | StockCommitted | StockReleased | HoldExpired | StockCollected
)


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


async def keep_corrections(tx: Tx, told: Sequence[Corrected]) -> None:
    """What sellers put on their lots or took off, each by its version, in whatever order they come."""
    rows = [{"lot_id": one.lot_id, "version": one.version, "change": _change(one)} for one in told]
    await tx.execute(insert(corrections).values(rows).on_conflict_do_nothing())


def _change(told: Corrected) -> int:
    return told.change if isinstance(told, LotCorrected) else -told.quantity


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
