"""Collection points over HTTP, and where and when a window collects."""

from uuid import UUID

from services.chassis.http import RequestTx, service_router
from services.chassis.page import Page, Paging
from services.cooperative import queries
from services.cooperative.api.bodies import NewPoint
from services.cooperative.api.callers import Collector, Manager
from services.cooperative.api.views import CollectionView, PointView

router = service_router(tags=["collection"])


@router.post("/points", status_code=201)
async def add_point(new: NewPoint, manager: Manager, tx: RequestTx) -> PointView:
    """Name a place in a member village where lots are brought and weighed."""
    await queries.check_new_point(tx, manager.own_cooperative, new.village, new.name)
    point = new.point(manager.own_cooperative)
    tx.add(point)
    return PointView.model_validate(point)


@router.get("/points")
async def see_points(collector: Collector, tx: RequestTx, paging: Paging) -> Page[PointView]:
    """The cooperative's collection points, newest first."""
    seen = await queries.points_of(tx, collector.own_cooperative, paging)
    return paging.page([PointView.model_validate(point) for point in seen], by=lambda point: point.id)


@router.get("/windows/{window_id}/collections")
async def see_collections(window_id: UUID, collector: Collector, tx: RequestTx) -> list[CollectionView]:
    """Where and when the window collects the lots of each village, by village; at most one point for each."""
    await queries.collected_window(tx, collector, window_id)
    return [CollectionView.model_validate(one) for one in await queries.collections_of(tx, window_id)]
