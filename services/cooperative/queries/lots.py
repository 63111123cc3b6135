"""Lots as catalog tells of them, and what a window can be shared over."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.tx import Tx
from services.cooperative.domain import Commodity, KnownLot, Line, Market, Role, Village, Window
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
from services.cooperative.queries.credits import carried
from services.cooperative.queries.registry import policy, pseudonyms
from services.cooperative.tables import commodities, lots, members, villages

STILL_NAMED = timedelta(days=7)
"""How long an expired lot still stands in records with that reason."""
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


async def market(tx: Tx, window: Window, lines: Iterable[Line]) -> Market:
    """All that a sharing of these lines depends on: policy, villages, credits, and lots that may be sold.

    These are the lots of the cooperative's own sellers that are neither sold out nor long expired.
    """
    wanted = {line.commodity_id for line in lines}
    named = (await tx.scalars(select(Commodity).where(commodities.c.id.in_(wanted)))).all()
    own = await tx.scalars(select(Village).where(villages.c.cooperative_id == window.cooperative_id))
    return Market(
        policy=await policy(tx, window.cooperative_id),
        pseudonyms=await pseudonyms(tx, window.cooperative_id),
        commodities=named,
        villages=own.all(),
        lots=await _on_offer(tx, window, wanted),
        credits=await carried(tx, window.cooperative_id, wanted),
    )


async def _on_offer(tx: Tx, window: Window, wanted: Collection[UUID]) -> list[KnownLot]:
    selling = and_(
        members.c.cooperative_id == lots.c.cooperative_id,
        members.c.person_id == lots.c.seller_id,
        members.c.role == Role.SELLER,
    )
    counted = and_(commodities.c.id == lots.c.commodity_id, commodities.c.per == lots.c.per)
    asked = (
        select(lots, members.c.name.label("seller_name")).join(members, selling).join(commodities, counted)
    )
    offered = asked.where(
        lots.c.cooperative_id == window.cooperative_id,
        lots.c.commodity_id.in_(wanted),
        lots.c.available > 0,
        lots.c.withdrawn.is_(False),
        or_(lots.c.expires_on.is_(None), lots.c.expires_on >= window.delivery_day - STILL_NAMED),
    )
    return [
        KnownLot(
            lot_id=row.id,
            lot_code=row.code,
            seller_id=row.seller_id,
            seller_name=row.seller_name,
            village=row.village,
            commodity_id=row.commodity_id,
            grade=row.grade,
            available=row.available,
            price=row.price,
            ready_on=row.ready_on,
            expires_on=row.expires_on,
            certificates=row.certificates,
        )
        for row in await tx.execute(offered)
    ]
