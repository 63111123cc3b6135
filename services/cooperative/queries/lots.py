"""Lots as catalog tells of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.tx import Tx
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
from services.cooperative.tables import lots

StockTold = LotCorrected | StockHeld | HoldRefused | StockCommitted | StockReleased | HoldExpired


async def keep_lot(tx: Tx, listed: LotListed) -> None:
    row = listed.model_dump(exclude={"lot_id", "quantity"})
    row |= {"id": listed.lot_id, "available": listed.quantity, "withdrawn": False}
    await tx.execute(insert(lots).values(row).on_conflict_do_nothing())


async def keep_price(tx: Tx, repriced: LotRepriced) -> None:
    await _keep(tx, repriced, {"price": repriced.price})


async def keep_stock(tx: Tx, told: StockTold) -> None:
    """What of the lot can still be held."""
    await _keep(tx, told, {"available": told.available})


async def keep_withdrawal(tx: Tx, told: LotWithdrawn) -> None:
    """What is released to it later is not held again."""
    await _keep(tx, told, {"available": told.available, "withdrawn": True})


async def _keep(tx: Tx, told: LotRepriced | LotWithdrawn | StockTold, news: Mapping[str, Any]) -> None:
    older = lots.c.id == told.lot_id, lots.c.version < told.version
    await tx.execute(update(lots).where(*older).values(**news, version=told.version))
