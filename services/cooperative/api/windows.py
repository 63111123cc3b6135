"""Order windows over HTTP: announced, looked at from above, called off."""

from uuid import UUID

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.cooperative import domain, queries
from services.cooperative.api.board import BoardView, Seen
from services.cooperative.api.bodies import CallOff, NewWindow
from services.cooperative.api.callers import Manager
from services.cooperative.api.views import WindowView

router = service_router(tags=["windows"])


@router.post("/windows", status_code=201)
async def announce_window(new: NewWindow, manager: Manager, tx: RequestTx, now: Now) -> WindowView:
    """Announce when orders for one delivery day are gathered, answered and final."""
    await queries.check_commodities(tx, manager.own_cooperative, new.commodities)
    window, planned = new.window(new_id(), manager.own_cooperative), new.planned()
    points = await queries.planned_points(tx, manager.own_cooperative, planned)
    collections = domain.collections_of(window, planned, points)
    announced = window.announced(now, collections=[one.told() for one in collections])
    tx.add(window)
    await queries.add_collections(tx, collections)
    emit(tx, announced)
    await tx.schedule("firm", window.id, window.firm_at)
    return WindowView.of(window)


@router.get("/windows")
async def see_windows(manager: Manager, tx: RequestTx, paging: Paging) -> Page[WindowView]:
    """The cooperative's windows, newest first."""
    seen = await queries.windows_of(tx, manager.own_cooperative, paging)
    return paging.page([WindowView.of(window) for window in seen], by=lambda window: window.id)


@router.get("/windows/{window_id}/board")
async def see_board(window_id: UUID, manager: Manager, tx: RequestTx) -> BoardView:
    """Everything about one window: what it waits for, its rounds and lines, and what each village got."""
    window = await queries.window_of(tx, manager.own_cooperative, window_id)
    return BoardView.of(
        Seen(
            window=window,
            lines=await queries.lines_of(tx, window_id),
            sharings=await queries.seen.records_of(tx, window_id),
            tallied=await queries.seen.tallied(tx, window_id),
            standings=await queries.seen.standings(tx, window_id),
            parts=await queries.seen.village_parts(tx, window_id),
            names=await queries.village_names(tx, window.cooperative_id),
            booked=await queries.orders_in_book(tx, window_id),
            awaited=await queries.awaited_orders(tx, window_id),
            left_out=await queries.left_out_orders(tx, window_id),
        )
    )


@router.post("/windows/{window_id}/close")
async def close_window(window_id: UUID, manager: Manager, tx: RequestTx, now: Now) -> WindowView:
    """Close its book before its time, now: what was ordered by then is shared, and nothing more is taken."""
    await queries.window_of(tx, manager.own_cooperative, window_id)
    await tx.lock(window_id)
    window = await queries.window(tx, window_id)
    emit(tx, window.close_early(tx.actor, at=now))
    return WindowView.of(window)


@router.post("/windows/{window_id}/call-off")
async def call_off_window(
    window_id: UUID, wish: CallOff, manager: Manager, tx: RequestTx, now: Now
) -> WindowView:
    """Call it off, until firm: its orders are cancelled with this reason, its shares end, holds are released."""
    await queries.window_of(tx, manager.own_cooperative, window_id)
    await tx.lock(window_id)
    window = await queries.window(tx, window_id)
    emit(tx, window.call_off(wish.reason, at=now))
    await tx.schedule("end-shares", window_id, now)
    for kind in ("share-book", "freeze-sharing", "close-round", "firm"):
        await tx.unschedule(kind, window_id)
    if unfrozen := await queries.unfrozen(tx, window_id):
        unfrozen.drop()
    return WindowView.of(window)
