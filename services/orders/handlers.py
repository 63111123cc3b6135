"""What orders does when something happened elsewhere, or when a book's time has come."""

from collections.abc import Sequence
from uuid import UUID

from services.chassis.outbox import emit
from services.chassis.reaction import due, on
from services.chassis.timeline import note, note_each
from services.chassis.tx import Tx
from services.orders import domain, queries, texts
from services.orders.events import (
    CloseWanted,
    CommodityListed,
    HoldExpired,
    LineCollected,
    LineFilled,
    LineShort,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    OrderLeftOut,
    Outcome,
    StockCommitted,
    StockHeld,
    StockReleased,
    StockTold,
    WindowAnnounced,
    WindowCalledOff,
)


async def list_commodities(events: Sequence[CommodityListed], tx: Tx) -> None:
    await queries.list_commodities(tx, events)


async def keep_lots(events: Sequence[queries.LotTold], tx: Tx) -> None:
    await queries.keep_lots(tx, events)


@on(CommodityListed, together=list_commodities)
async def list_commodity(event: CommodityListed, tx: Tx) -> None:
    await queries.list_commodity(tx, event)


@on(WindowAnnounced)
async def announce_window(event: WindowAnnounced, tx: Tx) -> None:
    if await queries.announce_window(tx, event):
        await tx.schedule("let-in", event.window_id, event.opens_at)
        await tx.schedule("close-book", event.window_id, event.closes_at)


@due("let-in", keys=queries.window_and_who_waits)
async def let_in(window_id: UUID, tx: Tx) -> None:
    """The window opens, or an order began to wait while it is open: who waited for such a window joins it."""
    window, now = await queries.window(tx, window_id), await tx.now()
    if not window.opens(now):
        return
    told = [order.join(window, at=now) for order in await queries.who_waits(tx, window)]
    for joined in told:
        emit(tx, joined)
    await queries.keep_versions(tx, told)
    await note_each(tx, [joined.order_id for joined in told], texts.JOINED, **texts.opened(window))


@due("close-book", keys=lambda window_id: window_id)
async def close_book(window_id: UUID, tx: Tx) -> None:
    await _close(tx, await queries.window(tx, window_id))


@on(CloseWanted, keys=lambda wanted: wanted.window_id)
async def close_book_early(event: CloseWanted, tx: Tx) -> None:
    """What is ordered before this is heard is in the book; a book that is closed stays as it is."""
    window = await queries.window(tx, event.window_id)
    if window.close_early(event.closes_at):
        await _close(tx, window)
        for kind in ("let-in", "close-book"):
            await tx.unschedule(kind, event.window_id)


async def _close(tx: Tx, window: domain.Window) -> None:
    book, closed = domain.close(window, await queries.placed_orders(tx, window.id), at=await tx.now())
    tx.add(book)
    await queries.enter_book(tx, window.id)
    emit(tx, closed)
    await note_each(tx, [order.order_id for order in closed.orders], closed.type, window=window.name)


@on(WindowCalledOff, keys=queries.window_and_standing_orders)
async def end_orders_of_window(event: WindowCalledOff, tx: Tx) -> None:
    """Its orders are cancelled, or wait for the next window, as the event says."""
    await queries.mark_called_off(tx, event)  # refuses what is still on its way
    for kind in ("let-in", "close-book"):
        await tx.unschedule(kind, event.window_id)
    standing = await queries.standing_orders(tx, event.window_id)
    told = [order.lose_window(event) for order in standing]
    for fact in told:
        emit(tx, fact)
    await queries.keep_versions(tx, told)
    what, facts = texts.called_off(event)
    await note_each(tx, [order.id for order in standing], what, **facts)
    if event.orders == "wait" and standing:
        await queries.let_in_soon(tx, standing[0].cooperative_id, await tx.now())


@on(LineFilled, keys=lambda told: told.order_id)
@on(LineShort, keys=lambda told: told.order_id)
@on(LineCollected, keys=lambda told: told.order_id)
async def tell_buyer(event: Outcome, tx: Tx) -> None:
    order = await queries.order(tx, event.order_id)
    if order.hear(event):
        await note(tx, order.id, event.type, **texts.outcome(event))


@on(OrderLeftOut, keys=lambda told: told.order_id)
async def end_order_short(event: OrderLeftOut, tx: Tx) -> None:
    order = await queries.order(tx, event.order_id)
    for ended in order.leave_out(event.reason):
        emit(tx, ended)
        await queries.keep_versions(tx, [ended])
        await note(tx, order.id, event.type, reason=event.reason)


@on(LotListed, together=keep_lots)
async def list_lot(event: LotListed, tx: Tx) -> None:
    await queries.list_lot(tx, event)


@on(LotRepriced, together=keep_lots)
async def reprice_lot(event: LotRepriced, tx: Tx) -> None:
    await queries.reprice_lot(tx, event)


@on(LotWithdrawn, together=keep_lots)
async def withdraw_lot(event: LotWithdrawn, tx: Tx) -> None:
    await queries.withdraw_lot(tx, event)


@on(LotCorrected, together=keep_lots)
@on(StockHeld, together=keep_lots)
@on(StockCommitted, together=keep_lots)
@on(StockReleased, together=keep_lots)
@on(HoldExpired, together=keep_lots)
async def restock_lot(event: StockTold, tx: Tx) -> None:
    await queries.restock_lot(tx, event)
