"""What falls due for a window: its book is shared, its rounds close, it becomes firm, or its shares end."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.chassis.ahead import Work
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import due
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts
from services.cooperative.sharing import Solved, solved

ASKED_AGAIN_AFTER = timedelta(minutes=1)


@due("share-book", keys=lambda window_id: window_id, hears=("catalog.lots", "orders.orders"))
async def share_book(window_id: UUID, tx: Tx) -> None:
    """The first sharing is frozen, once every order of the closed book is here; one that comes later asks again."""
    window = await queries.window(tx, window_id)
    book = await queries.complete_book(tx, window_id)
    if book is None:
        return
    lines = domain.take_book(window, book)
    await queries.add_lines(tx, lines)
    wanted = domain.next_sharing(window, lines, [], None, at=await tx.now(), sharing_id=new_id())
    if wanted:
        market = await queries.market(tx, window, lines)
        await queries.add_first(tx, wanted, domain.freeze(window, lines, market))
    for fact in domain.settle(window, lines, [], {}):
        emit(tx, fact)


@due("publish-sharing", keys=queries.window_and_sharing, work=Work(queries.frozen_sharing, solved))
async def publish_sharing(sharing_id: UUID, tx: Tx, found: Solved | None) -> None:
    """A frozen sharing was solved and checked: its record is published, and catalog asked for holds."""
    sharing = await queries.sharing(tx, sharing_id)
    window, lines, _, _ = await queries.saga(tx, sharing.window_id)
    known, named = await queries.known_lots(tx, sharing), await queries.commodities_in(tx, window)
    opening = domain.Opening(sharing, window, lines, named, known, await tx.now(), iter(new_id, None))
    opened = opening.open(found)
    await queries.keep_record(tx, sharing, found)
    await _ask(tx, opened)
    told = opened.events() if opened else []
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))


@due("close-round", keys=queries.window_and_live_shares, hears=("catalog.lots",))
async def close_round(window_id: UUID, tx: Tx) -> None:
    """At its time or when all have answered; what is missing is to be shared once more, if there is time."""
    window, lines, shares, _ = await queries.saga(tx, window_id)
    if not domain.round_over(window, shares, at=await tx.now()):
        return
    told = domain.close_round(window, shares)
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
    await _share_again(tx, window, lines, shares)


@due("firm", keys=queries.window_lines_and_live_shares, hears=("catalog.lots",))
async def make_firm(window_id: UUID, tx: Tx) -> None:
    """Commitments are wanted for what stands; a line with nothing to commit is short at once.

    Credits change now: by the last record, and by what catalog did not set aside.
    """
    window, lines, shares, names = await queries.saga(tx, window_id)
    told = domain.become_firm(window, shares)
    for fact in told + domain.settle(window, lines, shares, names):
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
    since = await queries.book_record(tx, window)
    await queries.book_entries(tx, window.cooperative_id, domain.prevented(lines, shares, since))
    await _ask_again(tx, window_id, lines)


@due("settle-lines", keys=queries.unsettled_lines)
async def settle_lines(window_id: UUID, tx: Tx) -> None:
    """Asks again what each commitment has asked: whether it was its line's last."""
    window, lines, shares, names = await queries.saga(tx, window_id)
    for fact in domain.settle(window, lines, shares, names):
        emit(tx, fact)
    await _ask_again(tx, window_id, lines)


@due("end-shares", keys=queries.window_and_live_shares)
async def end_shares(window_id: UUID, tx: Tx) -> None:
    """The window is called off: every share ends, and what is held is released."""
    saga = await queries.saga(tx, window_id)
    told = [fact for share in saga.shares for fact in share.call_off()]
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))


async def _share_again(
    tx: Tx, window: domain.Window, lines: Sequence[domain.Line], shares: Sequence[domain.Share]
) -> None:
    """Freeze the next sharing: what became of the last record's lines."""
    last = await queries.last_sharing(tx, window.id)
    wanted = domain.next_sharing(window, lines, shares, last, at=await tx.now(), sharing_id=new_id())
    if wanted and domain.unheard(shares):
        await queries.add_first(
            tx, wanted, domain.freeze(window, lines, await queries.market(tx, window, lines))
        )
    elif wanted and last and (known := await queries.known_in(tx, last)):
        await queries.add_sharing(tx, wanted, changes=domain.changes(shares, window.round, known))


async def _ask(tx: Tx, opened: domain.Round | None) -> None:
    """Store a new round, and let it close at its time; one that asks nobody has nothing to close."""
    if opened is None:
        return
    await queries.add_round(tx, opened)
    if opened.shares and opened.sharing.answer_by:
        await tx.schedule("close-round", opened.sharing.window_id, opened.sharing.answer_by)


async def _ask_again(tx: Tx, window_id: UUID, lines: Sequence[domain.Line]) -> None:
    if not all(line.settled for line in lines):
        await tx.schedule("settle-lines", window_id, await tx.now() + ASKED_AGAIN_AFTER)
