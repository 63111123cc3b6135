"""What cooperative keeps of lots, orders and books as they are told."""

from collections.abc import Sequence

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
    OrderWaiting,
    StockReleased,
)
from services.cooperative.queries import OrderTold
from services.cooperative.queries.lots import LotTold, StockTold


async def keep_lots(events: Sequence[LotTold], tx: Tx) -> None:
    await queries.keep_lots(tx, events)
    if corrected := [one for one in events if isinstance(one, LotCorrected | LotWithdrawn)]:
        await queries.keep_corrections(tx, corrected)


async def keep_orders(events: Sequence[OrderTold], tx: Tx) -> None:
    await queries.keep_orders(tx, events)
    touched = {window_id for event in events if (window_id := queries.window_of_order(event))}
    for window_id in sorted(await queries.books_waiting(tx, touched)):
        await tx.schedule("share-book", window_id, await tx.now())


@on(LotListed, together=keep_lots)
async def keep_lot(event: LotListed, tx: Tx) -> None:
    await queries.keep_lot(tx, event)


@on(LotRepriced, together=keep_lots)
async def keep_price(event: LotRepriced, tx: Tx) -> None:
    await queries.keep_price(tx, event)


@on(LotWithdrawn, together=keep_lots)
async def keep_withdrawal(event: LotWithdrawn, tx: Tx) -> None:
    await queries.keep_withdrawal(tx, event)
    await queries.keep_corrections(tx, [event])


@on(LotCorrected, together=keep_lots)
async def keep_correction(event: LotCorrected, tx: Tx) -> None:
    await queries.keep_stock(tx, event)
    await queries.keep_corrections(tx, [event])


@on(StockReleased, together=keep_lots)
@on(HoldExpired, together=keep_lots)
async def keep_stock(event: StockTold, tx: Tx) -> None:
    await queries.keep_stock(tx, event)


@on(OrderPlaced, keys=lambda told: told.window_id, together=keep_orders)
@on(OrderChanged, keys=lambda told: told.window_id, together=keep_orders)
@on(OrderCancelled, keys=lambda told: told.window_id, together=keep_orders)
async def keep_order(event: OrderPlaced | OrderChanged | OrderCancelled, tx: Tx) -> None:
    await queries.keep_order(tx, event)
    if await queries.book_waits(tx, event.window_id):
        await tx.schedule("share-book", event.window_id, await tx.now())


@on(OrderWaiting, together=keep_orders)
async def keep_waiting_order(event: OrderWaiting, tx: Tx) -> None:
    await queries.keep_order(tx, event)


@on(BookClosed, keys=lambda told: told.window_id)
async def keep_book(event: BookClosed, tx: Tx) -> None:
    domain.check_digest(event)
    await queries.keep_book(tx, event)
    await tx.schedule("share-book", event.window_id, await tx.now())
