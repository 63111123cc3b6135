"""Order windows for buyers, and their books for the cooperative's manager."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.page import Page, Paging
from services.orders import queries
from services.orders.api.callers import Manager, WindowReader
from services.orders.api.views import BookView, WindowView
from services.orders.queries import Phase, WantedWindows

router = service_router(tags=["windows"])


async def wanted(
    phase: Phase | None = None, cooperative_id: UUID | None = None, commodity_id: UUID | None = None
) -> WantedWindows:
    return WantedWindows(phase, cooperative_id, commodity_id)


@router.get("/windows")
async def see_windows(
    wanted: Annotated[WantedWindows, Depends(wanted)],
    _: WindowReader,
    tx: RequestTx,
    paging: Paging,
    now: Now,
) -> Page[WindowView]:
    """Windows to order in: open ones first, those that close soonest before others."""
    seen = await queries.windows_open_first(tx, wanted, paging, now)
    known = await queries.commodities_of(tx, {each for window, _ in seen for each in window.commodity_ids})
    views = [WindowView.of(window, phase, known) for window, phase in seen]
    return paging.page(views, by=lambda window: window.id)


@router.get("/windows/{window_id}")
async def see_window(window_id: UUID, _: WindowReader, tx: RequestTx, now: Now) -> WindowView:
    """One window, what can be ordered in it, and until when."""
    window, phase = await queries.window_in_phase(tx, window_id, now)
    return WindowView.of(window, phase, await queries.commodities_of(tx, window.commodity_ids))


@router.get("/books/{window_id}")
async def see_book(window_id: UUID, manager: Manager, tx: RequestTx) -> BookView:
    """What stood in a window when its book closed: exactly what is shared out."""
    return BookView.of(await queries.book_of(tx, manager, window_id))
