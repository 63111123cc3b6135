"""What catalog answers to holds and commitments, and what that makes of a share and its line."""

from services.chassis.outbox import emit
from services.chassis.reaction import on
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts
from services.cooperative.events import HoldRefused, StockCommitted, StockHeld


@on(StockHeld, keys=queries.share_and_window)
async def offer_share(event: StockHeld, tx: Tx) -> None:
    await queries.keep_stock(tx, event)
    share, window = await queries.asked_share(tx, event.share_id)
    share.answered_with(event.version)
    told = share.take_hold(event.held, asking=window.still_asks(await tx.now()))
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))


@on(HoldRefused, keys=queries.share_and_window)
async def end_share(event: HoldRefused, tx: Tx) -> None:
    await queries.keep_stock(tx, event)
    share, window = await queries.asked_share(tx, event.share_id)
    share.answered_with(event.version)
    told = share.miss_hold(event.reason, event.available)
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
    if window.asking and await queries.all_answered(tx, window.id):
        await tx.schedule("close-round", window.id, await tx.now())


@on(StockCommitted, keys=queries.share_and_line)
async def commit_share(event: StockCommitted, tx: Tx) -> None:
    await queries.keep_stock(tx, event)
    share, line, cooperative_id = await queries.share_to_commit(tx, event.share_id)
    standing = share.quantity
    told = share.take_commitment(event.committed, await queries.brought_to(tx, share.id))
    if (outcome := await queries.outcome_of(tx, line.id)) is not None:
        names = await queries.village_names(tx, cooperative_id)
        told += [*line.settle(outcome, names), *line.collect(outcome, names)]
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
    await queries.book_entries(tx, cooperative_id, domain.not_committed(line, share, standing))
