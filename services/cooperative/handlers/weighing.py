"""What a weighing makes of shares and lines, once catalog has counted it."""

from services.chassis.outbox import emit
from services.chassis.reaction import on
from services.chassis.timeline import note_all
from services.chassis.tx import Tx
from services.cooperative import domain, queries, texts
from services.cooperative.events import StockCollected


@on(StockCollected, keys=queries.weighing_shares_and_lines)
async def collect_shares(event: StockCollected, tx: Tx) -> None:
    await queries.keep_stock(tx, event)
    found = await queries.counted(tx, event)
    names = await queries.village_names_in(tx, found.weighing.window_id)
    told = domain.collect(found.weighing, found.lot, found.shares, event.weighed)
    told += domain.collect_lines(found.lines, found.of_lines, names)
    for fact in told:
        emit(tx, fact)
    await note_all(tx, texts.kept(told))
