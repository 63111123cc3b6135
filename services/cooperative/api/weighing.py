"""Weighing over HTTP: what phones report, what counts of it, and the manager's last word."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.chassis.telling import Spoken
from services.chassis.tx import Tx
from services.cooperative import domain, queries
from services.cooperative.api.bodies import NewDecision, NewWeighIns
from services.cooperative.api.callers import Collector, Manager
from services.cooperative.api.weighing_views import TakenView, WeighingView, WeighInView
from services.cooperative.domain import BroughtLot, Weighing
from services.cooperative.events import LotWeighed

router = service_router(tags=["collection"])


@router.post("/windows/{window_id}/weigh-ins")
async def take_weigh_ins(
    window_id: UUID, batch: NewWeighIns, collector: Collector, tx: RequestTx, now: Now, language: Spoken
) -> TakenView:
    """Entries of one phone, in any order, also sent before; each is answered for itself, and all are kept."""
    await queries.collected_window(tx, collector, window_id)
    entries = batch.said(window_id, tx.actor, now)
    codes = {entry.lot_code for entry in entries}
    await tx.lock(window_id, *await queries.weighing_ids(tx, window_id, codes=codes))
    window = await queries.window(tx, window_id)
    lots = await queries.brought(tx, collector, window_id, codes)
    judged = domain.judge(window, lots, entries)
    await queries.keep_entries(tx, entries)
    weighings, told = await _count(tx, window_id, [one.lot for one in judged if one.lot])
    for fact in told:
        emit(tx, fact)
    conflicts = {weighing.lot_id for weighing in weighings if weighing.conflict}
    return TakenView.of(judged, conflicts, language)


@router.post("/windows/{window_id}/weighings")
async def decide_weighing(
    window_id: UUID, decision: NewDecision, manager: Manager, tx: RequestTx, now: Now
) -> WeighingView:
    """The manager's last word on one lot, whatever was weighed of it or not; what was weighed stays to be seen."""
    await queries.collected_window(tx, manager, window_id)
    await tx.lock(window_id, *await queries.weighing_ids(tx, window_id, lot_ids=[decision.lot_id]))
    window, lot = (
        await queries.window(tx, window_id),
        await queries.brought_lot(tx, window_id, decision.lot_id),
    )
    entry = decision.entry(window_id, lot.code, tx.actor, now)
    domain.decide(window, lot, entry)
    await queries.keep_entries(tx, [entry])
    (weighing,), told = await _count(tx, window_id, [lot])
    for fact in told:
        emit(tx, fact)
    return WeighingView.of(weighing, (await queries.entries_by_lot(tx, window_id, [lot.lot_id]))[lot.lot_id])


@router.get("/windows/{window_id}/weigh-ins")
async def see_weigh_ins(
    window_id: UUID, collector: Collector, tx: RequestTx, paging: Paging, refused: bool | None = None
) -> Page[WeighInView]:
    """Every entry that any phone sent, newest first: also those that were refused."""
    await queries.collected_window(tx, collector, window_id)
    seen = await queries.entries_of(tx, collector, window_id, paging, refused=refused)
    return paging.page([WeighInView.model_validate(entry) for entry in seen], by=lambda entry: entry.id)


@router.get("/windows/{window_id}/weighings")
async def see_weighings(
    window_id: UUID, collector: Collector, tx: RequestTx, paging: Paging, conflict: bool | None = None
) -> Page[WeighingView]:
    """Lots that were weighed, newest first, with all that was said of each; `conflict`: those to decide on."""
    await queries.collected_window(tx, collector, window_id)
    seen = await queries.weighings_of(tx, collector, window_id, paging, conflict=conflict)
    entries = await queries.entries_by_lot(tx, window_id, [weighing.lot_id for weighing in seen])
    shown = [WeighingView.of(weighing, entries[weighing.lot_id]) for weighing in seen]
    return paging.page(shown, by=lambda weighing: weighing.id)


async def _count(
    tx: Tx, window_id: UUID, lots: Iterable[BroughtLot]
) -> tuple[list[Weighing], list[LotWeighed]]:
    """What counts now of each of these lots, and what is news of it."""
    weighed = {lot.lot_id: lot for lot in lots}
    known = await queries.weighings_by_lot(tx, window_id, weighed)
    entries = await queries.entries_by_lot(tx, window_id, weighed)
    told: list[LotWeighed] = []
    for lot_id, lot in weighed.items():
        if lot_id not in known:
            known[lot_id] = domain.begun(new_id(), window_id, lot)
            tx.add(known[lot_id])
        told += known[lot_id].weigh(entries[lot_id], lot)
    return list(known.values()), told
