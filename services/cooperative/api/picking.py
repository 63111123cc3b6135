"""The pick list over HTTP: as JSON, as CSV, and as a page to print with a QR code per lot."""

import asyncio
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field

from services.chassis.fields import View, VillageCode
from services.chassis.http import RequestTx, service_router
from services.chassis.openapi import problems
from services.chassis.telling import Spoken
from services.cooperative import printed, queries
from services.cooperative.api.callers import Collector
from services.cooperative.api.views import CollectionView, Shown
from services.cooperative.domain import PickedLot, PickedVillage, PickList

router = service_router(tags=["collection"])
CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A row per lot and order line.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
HTML: dict[int | str, dict[str, Any]] = {
    200: {"description": "A page to print.", "content": {"text/html": {"schema": {"type": "string"}}}}
}


class PickView(Shown):
    share_id: UUID
    line_id: UUID
    order_id: UUID
    order_code: str
    quantity: int


class PickedLotView(View):
    lot_id: UUID
    lot_code: str
    seller_name: Annotated[str | None, Field(description="None where the seller is no member any more.")]
    commodity_name: str
    grade: str | None
    expires_on: date | None
    unit: str
    quantity: Annotated[int, Field(description="All that is brought of the lot: it is weighed whole.")]
    lines: list[PickView]

    @classmethod
    def of(cls, lot: PickedLot) -> "PickedLotView":
        made = {"quantity", "lines"}
        return cls(
            **{name: getattr(lot.first, name) for name in cls.model_fields.keys() - made},
            quantity=lot.quantity,
            lines=[PickView.model_validate(pick) for pick in lot.picks],
        )


class PickedVillageView(View):
    village: str
    name: str
    collection: Annotated[CollectionView | None, Field(description="Where and when, if the window says so.")]
    lots: list[PickedLotView]

    @classmethod
    def of(cls, own: PickedVillage) -> "PickedVillageView":
        return cls(
            village=own.village,
            name=own.name,
            collection=CollectionView.model_validate(own.collection) if own.collection else None,
            lots=[PickedLotView.of(lot) for lot in own.lots],
        )


class PickListView(View):
    window_id: UUID
    window_code: str
    window_name: str
    delivery_day: date
    time_zone: str
    complete: Annotated[bool, Field(description="False while commitments are still awaited.")]
    villages: list[PickedVillageView]

    @classmethod
    def of(cls, picked: PickList) -> "PickListView":
        window = picked.window
        return cls(
            window_id=window.id,
            window_code=window.code,
            window_name=window.name,
            delivery_day=window.delivery_day,
            time_zone=window.time_zone,
            complete=picked.complete,
            villages=[PickedVillageView.of(own) for own in picked.villages],
        )


@router.get("/windows/{window_id}/pick-list", responses=problems(409))
async def see_pick_list(
    window_id: UUID, collector: Collector, tx: RequestTx, village: VillageCode | None = None
) -> PickListView:
    """Who brings which lot of a firm window to which point, how much, and for whose order lines."""
    return PickListView.of(await queries.picked(tx, collector, window_id, village))


@router.get("/windows/{window_id}/pick-list.csv", response_class=Response, responses=CSV | problems(409))
async def download_pick_list(
    window_id: UUID, collector: Collector, tx: RequestTx, village: VillageCode | None = None
) -> Response:
    """The same for a spreadsheet."""
    picked = await queries.picked(tx, collector, window_id, village)
    named = {"Content-Disposition": f'attachment; filename="{picked.window.code}.csv"'}
    return Response(printed.table(picked), media_type="text/csv", headers=named)


@router.get("/windows/{window_id}/pick-list.html", response_class=Response, responses=HTML | problems(409))
async def print_pick_list(
    window_id: UUID,
    collector: Collector,
    tx: RequestTx,
    language: Spoken,
    village: VillageCode | None = None,
) -> Response:
    """The same on paper: a QR code per lot says its code, to be scanned where it is weighed."""
    picked = await queries.picked(tx, collector, window_id, village)
    page = await asyncio.to_thread(printed.page, picked, language)
    return Response(page, media_type="text/html", headers={"Content-Language": language})
