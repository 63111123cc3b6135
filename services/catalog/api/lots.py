"""Lots over HTTP: listed and changed by their sellers, read by everyone."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query

from services.catalog import domain, queries
from services.catalog.api.bodies import Correction, NewLot, NewPrice, Withdrawal
from services.catalog.api.callers import Reader, Seller, cooperative_in
from services.catalog.api.views import LotView
from services.catalog.queries import LotFilter, Seen
from services.catalog.texts import facts_of, sentence
from services.chassis.fields import Grade, VillageCode
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.chassis.telling import EntryView, Spoken
from services.chassis.timeline import entries, note

router = service_router(tags=["lots"])

WIB = ZoneInfo("Asia/Jakarta")


@router.post("/lots", status_code=201)
async def list_lot(new: NewLot, seller: Seller, tx: RequestTx, now: Now) -> LotView:
    """List what you have to sell."""
    commodity = await queries.commodity_of(tx, cooperative_in(seller, new.village), new.commodity_id)
    lot, listed = domain.list_lot(new_id(), commodity, new.offer(seller.person), at=now)
    tx.add(lot)
    emit(tx, listed)
    await note(tx, lot.id, listed.type, **facts_of(lot, listed))
    return LotView.of(Seen(lot, seller_known=True))


async def wanted(
    now: Now,
    commodity_id: UUID | None = None,
    village: VillageCode | None = None,
    grade: Grade | None = None,
    seller_id: Annotated[
        UUID | None, Query(description="Finds lots whose seller the caller may know.")
    ] = None,
    available: Annotated[
        bool, Query(description="Only lots of which something can be had today, in WIB.")
    ] = False,
) -> LotFilter:
    today = now.astimezone(WIB).date()
    return LotFilter(commodity_id, village, grade, seller_id, free_on=today if available else None)


@router.get("/lots")
async def see_lots(
    wanted: Annotated[LotFilter, Depends(wanted)], reader: Reader, tx: RequestTx, paging: Paging
) -> Page[LotView]:
    """What is listed, newest first."""
    seen = await queries.lots_seen(tx, wanted, reader, paging)
    return paging.page([LotView.of(one) for one in seen], by=lambda lot: lot.id)


@router.get("/lots/{lot_id}")
async def see_lot(lot_id: UUID, reader: Reader, tx: RequestTx) -> LotView:
    """One lot, and where each unit of its stock is."""
    return LotView.of(await queries.seen_lot(tx, lot_id, reader))


@router.post("/lots/{lot_id}/price")
async def reprice_lot(lot_id: UUID, new: NewPrice, seller: Seller, tx: RequestTx) -> LotView:
    """Ask another price from now on; shares already asked keep theirs."""
    await tx.lock(lot_id)
    lot = await queries.own_lot(tx, lot_id, seller)
    repriced = lot.reprice(new.price)
    emit(tx, repriced)
    await note(tx, lot.id, repriced.type, **facts_of(lot, repriced))
    return LotView.of(Seen(lot, seller_known=True))


@router.post("/lots/{lot_id}/corrections")
async def correct_lot(lot_id: UUID, correction: Correction, seller: Seller, tx: RequestTx) -> LotView:
    """Correct the stock, with a reason; takes off only what is available."""
    await tx.lock(lot_id)
    lot = await queries.own_lot(tx, lot_id, seller)
    corrected = lot.correct(correction.change, correction.reason)
    emit(tx, corrected)
    await note(tx, lot.id, corrected.type, **facts_of(lot, corrected))
    return LotView.of(Seen(lot, seller_known=True))


@router.post("/lots/{lot_id}/withdrawal")
async def withdraw_lot(lot_id: UUID, withdrawal: Withdrawal, seller: Seller, tx: RequestTx) -> LotView:
    """Take what is available off the market; what is held or committed is answered through its share."""
    await tx.lock(lot_id)
    lot = await queries.own_lot(tx, lot_id, seller)
    withdrawn = lot.withdraw(withdrawal.reason)
    emit(tx, withdrawn)
    await note(tx, lot.id, withdrawn.type, **facts_of(lot, withdrawn))
    return LotView.of(Seen(lot, seller_known=True))


@router.get("/lots/{lot_id}/timeline")
async def see_lot_timeline(lot_id: UUID, reader: Reader, tx: RequestTx, language: Spoken) -> list[EntryView]:
    """Everything that happened to the lot: when, by whom, on whose behalf."""
    lot = await queries.told_lot(tx, lot_id, reader)
    return [EntryView.of(entry, sentence, language) for entry in await entries(tx, lot.id)]
