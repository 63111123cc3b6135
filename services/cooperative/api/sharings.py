"""Sharings over HTTP: every computation can be fetched and checked against its published hash."""

import asyncio
import json
from typing import Any
from uuid import UUID

from fastapi import Depends, Response

from services.chassis.access import Everyone
from services.chassis.http import RequestTx, service_router
from services.chassis.page import Page, Paging
from services.cooperative import queries
from services.cooperative.api.callers import ShareReader, SharingReader
from services.cooperative.api.views import FullSharingView, SharingView, own_part, village_totals

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
    window_id: UUID, reader: ShareReader, tx: RequestTx, paging: Paging
) -> Page[SharingView]:
    """The sharings of a window with their hashes, newest first."""
    seen = await queries.sharings_of(tx, reader, window_id, paging)
    return paging.page([SharingView.model_validate(one) for one in seen], by=lambda sharing: sharing.id)


@router.get("/sharings/{sharing_id}")
async def see_sharing(sharing_id: UUID, reader: SharingReader, tx: RequestTx) -> FullSharingView:
    """One sharing: the manager sees all, a seller her own, an assistant the villages' numbers side by side."""
    sharing = await queries.sharing_of(tx, reader, sharing_id)
    more: dict[str, Any] = {}
    if reader.role in ("manager", "assistant"):
        names = await queries.village_names(tx, reader.own_cooperative)
        more["villages"] = village_totals(sharing, names, reader.villages)
    if reader.role == "manager":
        more["batch"] = await _parsed(await queries.batch_in(tx, sharing))
        more["record"] = await _parsed(await queries.record_in(tx, sharing))
    elif reader.role == "seller" or reader.on_behalf_of:
        secret = await queries.pseudonyms(tx, reader.own_cooperative)
        lots = {secret.of("lot", lot_id): lot_id for lot_id in await queries.own_lots(tx, reader)}
        record = await _parsed(await queries.record_in(tx, sharing))
        more |= own_part(record, lots, secret.of("seller", reader.person))
    return FullSharingView.of(sharing, **more)


@router.get("/sharings/{sharing_id}/record", dependencies=PUBLIC, response_class=Response, responses=PAPER)
async def see_record(sharing_id: UUID, tx: RequestTx) -> Response:
    """The published record under pseudonyms: its output_hash is the hash that was published."""
    return _paper(await queries.published_paper(tx, sharing_id, "record"))


@router.get("/sharings/{sharing_id}/batch", dependencies=PUBLIC, response_class=Response, responses=PAPER)
async def see_batch(sharing_id: UUID, tx: RequestTx) -> Response:
    """The frozen input of the record: `lumbung share verify BATCH RECORD` checks one against the other."""
    return _paper(await queries.published_paper(tx, sharing_id, "batch"))


def _paper(text: str) -> Response:
    return Response(text, media_type="application/json")


async def _parsed(text: str) -> Any:
    """Records may be long: nobody else waits while one is read."""
    return await asyncio.to_thread(json.loads, text)
