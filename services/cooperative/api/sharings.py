"""Sharings over HTTP: every computation can be fetched and checked against its published hash."""

from uuid import UUID

from services.chassis.http import RequestTx, service_router
from services.chassis.page import Page, Paging
from services.cooperative import queries
from services.cooperative.api.callers import ShareReader
from services.cooperative.api.views import FullSharingView, SharingView

router = service_router(tags=["sharings"])


@router.get("/sharings")
async def see_sharings(
    window_id: UUID, reader: ShareReader, tx: RequestTx, paging: Paging
) -> Page[SharingView]:
    """The sharings of a window with their hashes, newest first."""
    seen = await queries.sharings_of(tx, reader, window_id, paging)
    return paging.page([SharingView.model_validate(one) for one in seen], by=lambda sharing: sharing.id)


@router.get("/sharings/{sharing_id}")
async def see_sharing(sharing_id: UUID, reader: ShareReader, tx: RequestTx) -> FullSharingView:
    """One sharing: the manager sees input and record, a seller the record of her own lots."""
    sharing = await queries.sharing_of(tx, reader, sharing_id)
    if reader.role == "manager":
        return FullSharingView.whole(sharing)
    return FullSharingView.seen_by(sharing, await queries.own_lots(tx, reader))
