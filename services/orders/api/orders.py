"""Orders over HTTP: placed, changed and cancelled by their buyers until the book closes."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.chassis.access import Caller
from services.chassis.failure import LocksMoved
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.openapi import problems
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.chassis.telling import EntryView
from services.chassis.timeline import entries, note
from services.chassis.tx import Tx
from services.orders import domain, queries, texts
from services.orders.api.bodies import Cancellation, NewLines, NewOrder
from services.orders.api.callers import Buyer, OrderReader
from services.orders.api.reply import IF_MATCH, Replying, SeenVersion
from services.orders.api.views import OrderView, VersionView
from services.orders.domain import Line, NextWindow, Order, Status, Window, Wish
from services.orders.queries import WantedOrders

router = service_router(tags=["orders"])


@router.post("/orders", status_code=201)
async def place_order(new: NewOrder, buyer: Buyer, tx: RequestTx, reply: Replying) -> OrderView:
    """Order in an open window. A line that no lot known today could serve is accepted with a notice."""
    order_id = new_id()
    await tx.lock(order_id, shared=new.window_id)
    window = await queries.window(tx, new.window_id)
    return await reply.order(tx, await place_in(tx, window, order_id, buyer.person, new.wishes()))


async def place_in(tx: Tx, window: Window, order_id: UUID, buyer_id: UUID, wishes: list[Wish]) -> Order:
    """A new order in a window whose book cannot close meanwhile."""
    lines = await lines_for(tx, window, wishes)
    order, placed = domain.place(order_id, buyer_id, lines, window=window, at=await tx.now())
    await queries.check_room(tx, window, order)
    tx.add(order)
    emit(tx, placed)
    await queries.keep_versions(tx, [placed])
    await note(tx, order.id, placed.type, lines=texts.kept(order.lines))
    return order


async def wanted(status: Status | None = None, window_id: UUID | None = None) -> WantedOrders:
    return WantedOrders(status, window_id)


@router.get("/orders")
async def see_orders(
    wanted: Annotated[WantedOrders, Depends(wanted)],
    reader: OrderReader,
    tx: RequestTx,
    paging: Paging,
    reply: Replying,
) -> Page[OrderView]:
    """A buyer's own orders, or those placed with a manager's cooperative, newest first."""
    seen = await queries.orders_of(tx, reader, wanted, paging)
    return paging.page(await reply.orders(tx, seen), by=lambda order: order.id)


@router.get("/orders/{order_id}")
async def see_order(order_id: UUID, reader: OrderReader, tx: RequestTx, reply: Replying) -> OrderView:
    """One order and what became of each line."""
    return await reply.order(tx, await queries.order_of(tx, reader, order_id))


@router.put("/orders/{order_id}", responses=problems(412, 428), openapi_extra={"parameters": [IF_MATCH]})
async def change_order(
    order_id: UUID, new: NewLines, seen: SeenVersion, buyer: Buyer, tx: RequestTx, reply: Replying
) -> OrderView:
    """Send all lines anew, while the book is open or the order waits, if nobody changed it since it was read."""
    order, window = await _order_and_window(tx, buyer, order_id)
    before, now = texts.kept(order.lines), await tx.now()
    lines = await lines_for(tx, window or NextWindow(order.cooperative_id), new.wishes())
    changed = order.change(lines, window=window, seen=seen, at=now)
    if window:
        await queries.check_room(tx, window, order)
    emit(tx, changed)
    await queries.keep_versions(tx, [changed])
    await note(tx, order.id, texts.CHANGED, **texts.difference(before, texts.kept(order.lines)))
    if not window:
        await queries.let_in_soon(tx, order.cooperative_id, now)
    return await reply.order(tx, order)


@router.post("/orders/{order_id}/cancel")
async def cancel_order(
    order_id: UUID, wish: Cancellation, buyer: Buyer, tx: RequestTx, now: Now, reply: Replying
) -> OrderView:
    """Take the whole order back while the book is open or it waits; once the book is closed, it stands."""
    order, window = await _order_and_window(tx, buyer, order_id)
    cancelled = order.cancel(wish.reason, window=window, at=now)
    emit(tx, cancelled)
    await queries.keep_versions(tx, [cancelled])
    await note(tx, order.id, cancelled.type, reason=cancelled.reason)
    return await reply.order(tx, order)


@router.get("/orders/{order_id}/timeline")
async def see_order_timeline(
    order_id: UUID, reader: OrderReader, tx: RequestTx, reply: Replying
) -> list[EntryView]:
    """Everything that happened to the order: when, by whom, on whose behalf."""
    order = await queries.order_of(tx, reader, order_id)
    return [EntryView.of(entry, texts.sentence, reply.language) for entry in await entries(tx, order.id)]


@router.get("/orders/{order_id}/history")
async def see_order_history(order_id: UUID, reader: OrderReader, tx: RequestTx) -> list[VersionView]:
    """Every version of the order, first to last: its lines, since when, and by whom."""
    order = await queries.order_of(tx, reader, order_id)
    return [VersionView.model_validate(version) for version in await queries.versions_of(tx, order.id)]


async def _order_and_window(tx: Tx, buyer: Caller, order_id: UUID) -> tuple[Order, Window | None]:
    """A buyer's own order, locked to the commit, and its window, whose book cannot close meanwhile.

    None: it waits, and its cooperative's windows see the change.

    Raises:
        LocksMoved: it joined a window or lost its own while waiting for the lock.
    """
    found = await queries.order_of(tx, buyer, order_id)
    seen, cooperative_id = found.window_id, found.cooperative_id
    await tx.lock(order_id, shared=seen or cooperative_id)
    order = await queries.order_of(tx, buyer, order_id)
    if order.window_id != seen:
        raise LocksMoved
    return order, await queries.window(tx, seen) if seen else None


async def lines_for(tx: Tx, window: Window | NextWindow, wishes: list[Wish]) -> list[Line]:
    """Wishes as lines that such a window takes."""
    known = await queries.commodities_of(tx, [wish.commodity_id for wish in wishes])
    return domain.lines_of(wishes, window, known)
