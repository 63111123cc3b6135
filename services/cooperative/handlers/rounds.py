"""What falls due for a window that asks: its rounds close, it becomes firm, or its shares end; a part at a time."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import due
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts
from services.cooperative.domain import WindowStatus

ASKED_AGAIN_AFTER = timedelta(minutes=1)
STILL_ASKING = timedelta(seconds=1)


@due("close-round", keys=queries.window_and_open_shares, hears=("catalog.lots",))
async def close_round(window_id: UUID, tx: Tx) -> None:
    """At its time or when all have answered; what is missing is to be shared once more, if there is time."""
    window, now = await queries.window(tx, window_id), await tx.now()
    if await queries.offers_left(tx, window_id):
        await tx.schedule("close-round", window_id, now + STILL_ASKING)
        return
    awaited = not await queries.all_answered(tx, window_id)
    if not domain.round_over(window, now, awaited=awaited):
        await _at_its_time(tx, window)
        return
    part = await queries.open_shares(tx, window_id)
    await _tell(tx, domain.close_shares(part))
    if queries.is_part(part):
        await tx.schedule("close-round", window_id, now)
    else:
        window.close_round()
        await _share_again(tx, window)


@due("firm", keys=queries.window_and_live_shares, hears=("catalog.lots",))
async def make_firm(window_id: UUID, tx: Tx) -> None:
    """Commitments are wanted for what stands; then lines are settled, and credits change."""
    window, now = await queries.window(tx, window_id), await tx.now()
    if await queries.offers_left(tx, window_id):
        await tx.schedule("firm", window_id, now + STILL_ASKING)
        return
    if window.status is WindowStatus.CALLED_OFF:
        return
    part = await queries.live_shares(tx, window_id)
    await _tell(tx, domain.become_firm(window, part))
    for kind in ("firm",) if queries.is_part(part) else ("book-credits", "settle-lines"):
        await tx.schedule(kind, window_id, now)


@due("book-credits", keys=lambda window_id: window_id)
async def book_credits(window_id: UUID, tx: Tx) -> None:
    """Once the window is firm: by its last record, and by what others kept catalog from setting aside."""
    window, commodities = (
        await queries.window(tx, window_id),
        await queries.commodities_by_line(tx, window_id),
    )
    since = await queries.book_record(tx, window)
    lost = domain.prevented(commodities, await _missed(tx, window_id, since))
    await queries.book_entries(tx, window.cooperative_id, lost)


@due("settle-lines", keys=queries.lines_to_settle)
async def settle_lines(window_id: UUID, tx: Tx) -> None:
    """Lines to which nothing more can come are filled or short; asks again what each commitment has asked."""
    window = await queries.window(tx, window_id)
    lines, shares = await queries.settling(tx, window_id)
    names = await queries.village_names(tx, window.cooperative_id)
    await _tell(tx, domain.settle(window, lines, shares, names))
    if window.status is WindowStatus.FIRM and await queries.unsettled(tx, window_id):
        later = timedelta() if queries.is_part(lines) else ASKED_AGAIN_AFTER
        await tx.schedule("settle-lines", window_id, await tx.now() + later)


@due("end-shares", keys=queries.window_and_live_shares)
async def end_shares(window_id: UUID, tx: Tx) -> None:
    """The window is called off: nobody else is asked, every share ends, and what is held is released."""
    await queries.forget_offers(tx, window_id)
    part = await queries.live_shares(tx, window_id)
    await _tell(tx, [fact for share in part for fact in share.call_off()])
    if queries.is_part(part):
        await tx.schedule("end-shares", window_id, await tx.now())


async def _share_again(tx: Tx, window: domain.Window) -> None:
    """Freeze the next sharing: what became of the last record's lines; or everything anew, where nothing did."""
    if await queries.unheard(tx, window.id):
        await tx.schedule("freeze-sharing", window.id, await tx.now())
        return
    lines, promised = await queries.lines_of(tx, window.id), await queries.promised(tx, window.id)
    last = await queries.last_sharing(tx, window.id)
    wanted = domain.next_sharing(window, lines, promised, last, at=await tx.now(), sharing_id=new_id())
    if wanted and last and await queries.shared_by_engine(tx, last):
        secret = await queries.pseudonyms(tx, window.cooperative_id)
        rows = await queries.answered(tx, window.id)
        missed = await _missed(tx, window.id, await queries.first_round(tx, last))
        told = await asyncio.to_thread(domain.changes, rows, window.round, secret, missed)  # rows may be many
        await queries.add_sharing(tx, wanted, changes=told)


async def _missed(tx: Tx, window_id: UUID, since: int) -> domain.Misses:
    short, lots = await queries.not_held(tx, window_id), await queries.lots_told(tx, window_id)
    return domain.missed(short, lots, since)


async def _at_its_time(tx: Tx, window: domain.Window) -> None:
    if window.asks_until:
        await tx.schedule("close-round", window.id, window.asks_until)


async def _tell(tx: Tx, told: Iterable[Event]) -> None:
    facts = list(told)
    for fact in facts:
        emit(tx, fact)
    await note_all(tx, texts.kept(facts))
