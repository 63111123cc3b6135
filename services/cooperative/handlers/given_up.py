"""What cooperative does when an operator gives up what orders told of an order."""

from services.chassis.reaction import Discarded, discarded
from services.chassis.tx import Tx
from services.cooperative import queries


@discarded("orders.orders", keys=queries.unshared_windows)
async def share_without_it(gone: Discarded, tx: Tx) -> None:
    """A book that waited for this order may be complete now: its lines go short, the others are shared."""
    for window_id in await queries.windows_waiting_for(tx, gone.key):
        await tx.schedule("share-book", window_id, await tx.now())
