"""What cooperative keeps of lots, orders and books as they are told."""

from services.chassis.reaction import on
from services.chassis.tx import Tx
from services.cooperative import domain, queries
from services.cooperative.events import (
    BookClosed,
    HoldExpired,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    OrderCancelled,
    OrderChanged,
    OrderPlaced,
    StockReleased,
)
from services.cooperative.queries import OrderTold, StockTold


@on(LotListed)
async def keep_lot(event: LotListed, tx: Tx) -> None:
    await queries.keep_lot(tx, event)


@on(LotRepriced)
async def keep_price(event: LotRepriced, tx: Tx) -> None:
    await queries.keep_price(tx, event)


@on(LotWithdrawn)
async def keep_withdrawal(event: LotWithdrawn, tx: Tx) -> None:
    await queries.keep_withdrawal(tx, event)


@on(LotCorrected)
@on(StockReleased)
@on(HoldExpired)
async def keep_stock(event: StockTold, tx: Tx) -> None:
    await queries.keep_stock(tx, event)


@on(OrderPlaced, keys=lambda told: told.window_id)
@on(OrderChanged, keys=lambda told: told.window_id)
@on(OrderCancelled, keys=lambda told: told.window_id)
async def keep_order(event: OrderTold, tx: Tx) -> None:
    await queries.keep_order(tx, event)
    if await queries.book_waits(tx, event.window_id):
        await tx.schedule("share-book", event.window_id, await tx.now())


@on(BookClosed, keys=lambda told: told.window_id)
async def keep_book(event: BookClosed, tx: Tx) -> None:
    domain.check_digest(event)
    await queries.keep_book(tx, event)
    await tx.schedule("share-book", event.window_id, await tx.now())
