"""How a closed book becomes questions: it is taken, frozen, solved apart, published, and asked a part at a time."""

from functools import partial
from uuid import UUID

from services.chassis.ahead import Work
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import due
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts
from services.cooperative.domain import Frozen, NotFrozen, WindowStatus
from services.cooperative.sharing import Solved, solved

FREEZING = Work(queries.to_freeze, domain.freeze, gives_up=NotFrozen)
SOLVING = Work(queries.frozen_sharing, solved, gives_up=partial(Solved, "", ""))


@due("share-book", keys=lambda window_id: window_id, hears=("catalog.lots", "orders.orders"))
async def take_book(window_id: UUID, tx: Tx) -> None:
    """Take the book, once every order of it is here, or call it off as too small; one that comes later asks again."""
    window = await queries.window(tx, window_id)
    book = await queries.complete_book(tx, window_id)
    if book is None:
        return
    prices = await queries.reference_prices(tx, window.cooperative_id) if window.smallest_total else None
    if prices and (called_off := window.too_small(domain.worth(book, prices), at=await tx.now())):
        emit(tx, called_off)
        await tx.unschedule("firm", window_id)
        return
    left_out = domain.leave_out(window, await queries.left_out_orders(tx, window_id))
    lines = domain.take_book(window, book)
    await queries.add_lines(tx, lines)
    for fact in left_out:
        emit(tx, fact)
    if lines:
        firm = window.status is WindowStatus.FIRM
        await tx.schedule("settle-lines" if firm else "freeze-sharing", window_id, await tx.now())


@due("freeze-sharing", keys=queries.window_and_unfrozen, work=FREEZING)
async def freeze_sharing(window_id: UUID, tx: Tx, frozen: Frozen | NotFrozen | None) -> None:
    """The window's first sharing, over the market as it was read; it is to be solved, or held for want of a batch."""
    window, lines = await queries.window(tx, window_id), await queries.lines_of(tx, window_id)
    wanted = await queries.unfrozen(tx, window_id) or domain.next_sharing(
        window, lines, {}, None, at=await tx.now(), sharing_id=new_id()
    )
    if wanted and isinstance(frozen, Frozen):
        window.may_ask(frozen.rounds)
        await queries.add_first(tx, wanted, frozen)
    elif wanted and isinstance(frozen, NotFrozen):
        manager_id = (await queries.cooperative(tx, window.cooperative_id)).manager_id
        emit(tx, wanted.hold(frozen.complaint, window, manager_id))
        await queries.keep_unfrozen(tx, wanted)


@due("publish-sharing", keys=queries.window_and_sharing, work=SOLVING)
async def publish_sharing(sharing_id: UUID, tx: Tx, found: Solved | None) -> None:
    """A frozen sharing was solved and checked: its record is published, and sellers are to be asked."""
    sharing, window = await queries.sharing_and_window(tx, sharing_id)
    lines = await queries.lines_of(tx, window.id)
    manager_id = (await queries.cooperative(tx, window.cooperative_id)).manager_id
    told = domain.conclude(sharing, window, lines, found, at=await tx.now(), manager_id=manager_id)
    await queries.keep_record(tx, sharing, found)
    await queries.add_sentences(tx, sharing, found.told if found else ())
    if found and window.asks_until and told:
        await queries.add_offers(tx, sharing, found.pages)
        await tx.schedule("ask-sellers", sharing.id, await tx.now())
        await tx.schedule("close-round", window.id, window.asks_until)
    for fact in told:
        emit(tx, fact)


@due("ask-sellers", keys=queries.window_and_sharing)
async def ask_sellers(sharing_id: UUID, tx: Tx) -> None:
    """The next page of offers becomes shares, for each of which catalog is asked to set stock aside."""
    offers = await queries.take_offers(tx, sharing_id)
    if not offers:
        return
    sharing, window = await queries.sharing_and_window(tx, sharing_id)
    lines = await queries.lines_named(tx, [offer.line_id for offer in offers])
    shares = domain.shares_of(sharing, window, lines, offers, iter(new_id, None))
    queries.add_shares(tx, shares)
    told = [share.hold_wanted() for share in shares]
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
    await tx.schedule("ask-sellers", sharing_id, await tx.now())
