"""Orders for a cooperative's next window, whichever that is."""

from uuid import UUID

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.timeline import note
from services.chassis.tx import Tx
from services.orders import domain, queries, texts
from services.orders.api.bodies import NewLines
from services.orders.api.callers import Buyer
from services.orders.api.orders import lines_for, place_in
from services.orders.api.reply import Replying
from services.orders.api.views import OrderView
from services.orders.domain import NextWindow, Order

router = service_router(tags=["orders"])


@router.post("/cooperatives/{cooperative_id}/orders", status_code=201)
async def order_in_next_window(
    cooperative_id: UUID, new: NewLines, buyer: Buyer, tx: RequestTx, now: Now, reply: Replying
) -> OrderView:
    """Order in the open window that takes all these commodities and closes soonest; where none is, it waits.

    A waiting order joins the cooperative's next window that takes all its commodities, when that opens.
    """
    await queries.check_cooperative(tx, cooperative_id)
    order_id, wanted = new_id(), {line.commodity_id for line in new.lines}
    window_id = await queries.window_that_takes(tx, cooperative_id, wanted, now)
    await tx.lock(order_id, shared=window_id or cooperative_id)
    if window_id:
        order = await place_in(tx, await queries.window(tx, window_id), order_id, buyer.person, new.wishes())
    else:
        order = await _wait(tx, NextWindow(cooperative_id), order_id, buyer.person, new)
    return await reply.order(tx, order)


async def _wait(tx: Tx, awaited: NextWindow, order_id: UUID, buyer_id: UUID, new: NewLines) -> Order:
    lines, now = await lines_for(tx, awaited, new.wishes()), await tx.now()
    order, waiting = domain.place_for_later(
        order_id, buyer_id, lines, cooperative_id=awaited.cooperative_id, at=now
    )
    tx.add(order)
    emit(tx, waiting)
    await queries.keep_versions(tx, [waiting])
    await note(tx, order.id, waiting.type, lines=texts.kept(order.lines))
    await queries.let_in_soon(tx, awaited.cooperative_id, now)
    return order
