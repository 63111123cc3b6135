"""What falls due for a window: its book is shared, its rounds close, it becomes firm, or its shares end."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import due
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts

ASKED_AGAIN_AFTER = timedelta(minutes=1)


@due("share-book", keys=lambda window_id: window_id, hears=("catalog.lots", "orders.orders"))
async def share_book(window_id: UUID, tx: Tx) -> None:
    """The first round, once every order of the closed book is here; one that comes later asks again."""
    window = await queries.window(tx, window_id)
    book = await queries.complete_book(tx, window_id)
    if book is None:
        return
    left_out = domain.leave_out(window, await queries.left_out_orders(tx, window_id))
    lines = domain.take_book(window, book)
    market = await queries.market(tx, window, lines)
    opened = domain.next_round(window, lines, [], market, at=await tx.now(), ids=iter(new_id, None))
    await queries.add_lines(tx, lines)
    await _ask(tx, opened)
    told = opened.events() if opened else []
    for fact in [*left_out, *told, *domain.settle(window, lines, [], {})]:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))


@due("close-round", keys=queries.window_and_live_shares, hears=("catalog.lots",))
async def close_round(window_id: UUID, tx: Tx) -> None:
    """At its time or when all have answered; what is missing is asked for once more, if there is time."""
    window, lines, shares, _ = await queries.saga(tx, window_id)
    if not domain.round_over(window, shares, at=await tx.now()):
        return
    told = domain.close_round(window, shares)
    market = await queries.market(tx, window, lines)
    opened = domain.next_round(window, lines, shares, market, at=await tx.now(), ids=iter(new_id, None))
    await _ask(tx, opened)
    told += opened.events() if opened else []
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))


@due("firm", keys=queries.window_lines_and_live_shares, hears=("catalog.lots",))
async def make_firm(window_id: UUID, tx: Tx) -> None:
    """Commitments are wanted for what stands; a line with nothing to commit is short at once."""
    window, lines, shares, names = await queries.saga(tx, window_id)
    told = domain.become_firm(window, shares)
    for fact in told + domain.settle(window, lines, shares, names):
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
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


async def _ask(tx: Tx, opened: domain.Round | None) -> None:
    """Store a new round, and let it close at its time; one that asks nobody has nothing to close."""
    if opened is None:
        return
    await queries.add_round(tx, opened)
    if opened.shares:
        await tx.schedule("close-round", opened.sharing.window_id, opened.sharing.answer_by)


async def _ask_again(tx: Tx, window_id: UUID, lines: Sequence[domain.Line]) -> None:
    if not all(line.settled for line in lines):
        await tx.schedule("settle-lines", window_id, await tx.now() + ASKED_AGAIN_AFTER)
