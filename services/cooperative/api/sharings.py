"""Sharings over HTTP: every computation can be fetched and checked against its published hash."""

from typing import Any
from uuid import UUID

from fastapi import Depends, Response

from services.chassis.access import Caller, Everyone
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.page import Page, Paging
from services.chassis.tx import Tx
from services.cooperative import queries
from services.cooperative.api.callers import Manager, SharingReader
from services.cooperative.api.sharing_views import (
    FullSharingView,
    SharingView,
    ToldView,
    own_part,
    village_totals,
)
from services.cooperative.domain import Sharing

router = service_router(tags=["sharings"])
PUBLIC = [Depends(Everyone("records are public under pseudonyms, so that anyone can check them"))]
PAPER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "As `lumbung share` writes and reads it.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.get("/sharings")
async def see_sharings(
    window_id: UUID, reader: SharingReader, tx: RequestTx, paging: Paging
) -> Page[SharingView]:
    """The sharings of a window with their hashes, newest first."""
    seen = await queries.seen.sharings_of(tx, reader, window_id, paging)
    return paging.page([SharingView.model_validate(one) for one in seen], by=lambda sharing: sharing.id)


@router.get("/sharings/{sharing_id}", response_model=FullSharingView)
async def see_sharing(sharing_id: UUID, reader: SharingReader, tx: RequestTx) -> FullSharingView | Response:
    """One sharing: the manager sees all, others their own, an assistant the villages' numbers side by side."""
    sharing = await queries.seen.sharing_of(tx, reader, sharing_id)
    more: dict[str, Any] = {}
    if reader.role in ("manager", "assistant"):
        names = await queries.village_names(tx, reader.own_cooperative)
        more["villages"] = village_totals(sharing, names, reader.villages)
    acted_for = reader.on_behalf_of and reader.role == "assistant"
    if reader.role == "seller" or acted_for:
        more |= await _lots_and_credits(reader, tx, sharing)
    if reader.role in ("seller", "buyer") or acted_for:
        told = await queries.seen.own_sentences(tx, reader, sharing_id)
        more["told"] = [ToldView.model_validate(one) for one in told]
    seen = FullSharingView.of(sharing, **more)
    if reader.role != "manager":
        return seen
    papers = await queries.seen.batch_in(tx, sharing), await queries.seen.record_in(tx, sharing)
    return _paper(seen.with_papers(*papers))


async def _lots_and_credits(reader: Caller, tx: Tx, sharing: Sharing) -> dict[str, Any]:
    secret = await queries.pseudonyms(tx, reader.own_cooperative)
    lots = {secret.of("lot", lot_id): lot_id for lot_id in await queries.seen.own_lots(tx, reader)}
    rows = await queries.seen.rows_of(tx, sharing, secret.of("seller", reader.person), lots.keys())
    if not await queries.seen.may_know_credits(tx, reader):
        rows["sellers"] = []
    return dict(own_part(rows, lots))


@router.get("/sharings/{sharing_id}/sentences")
async def see_sentences(
    sharing_id: UUID, reader: SharingReader, tx: RequestTx, paging: Paging
) -> Page[ToldView]:
    """Why each seller and each buyer got so much: a manager reads all, an assistant her villages', others their own."""
    sharing = await queries.seen.sharing_of(tx, reader, sharing_id)
    told = await queries.seen.sentences_of(tx, reader, sharing.id, paging)
    return paging.page([ToldView.model_validate(one) for one in told], by=lambda one: one.id)


@router.post("/sharings/{sharing_id}/retry")
async def try_again(sharing_id: UUID, manager: Manager, tx: RequestTx, now: Now) -> SharingView:
    """Have a sharing that is held computed again from the batch that was frozen, as after an upgrade."""
    seen = await queries.seen.sharing_of(tx, manager, sharing_id)
    await tx.lock(sharing_id, seen.window_id)
    sharing, window = await queries.sharing_and_window(tx, sharing_id)
    sharing.try_again(window, now)
    await queries.compute_again(tx, sharing)
    return SharingView.model_validate(sharing)


@router.get("/sharings/{sharing_id}/record", dependencies=PUBLIC, response_class=Response, responses=PAPER)
async def see_record(sharing_id: UUID, tx: RequestTx) -> Response:
    """The published record under pseudonyms: its output_hash is the hash that was published."""
    return _paper(await queries.seen.published_paper(tx, sharing_id, "record"))


@router.get("/sharings/{sharing_id}/batch", dependencies=PUBLIC, response_class=Response, responses=PAPER)
async def see_batch(sharing_id: UUID, tx: RequestTx) -> Response:
    """The frozen input of the record: `lumbung share verify BATCH RECORD` checks one against the other."""
    return _paper(await queries.seen.published_paper(tx, sharing_id, "batch"))


def _paper(text: str) -> Response:
    return Response(text, media_type="application/json")
