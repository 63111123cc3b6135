"""What was weighed of a lot, and the commitments it was for."""

from collections.abc import Sequence

from sqlalchemy import select

from services.catalog.domain import Hold, Lot, Weighing
from services.catalog.domain.refusals import NoSuchLot
from services.catalog.events import LotWeighed
from services.catalog.tables import holds
from services.chassis.tx import Tx


async def lot_and_weighing(tx: Tx, told: LotWeighed) -> tuple[Lot, Weighing, Sequence[Hold]]:
    """A new weighing where nothing was weighed before; of the shares only those of this lot."""
    lot, weighing = await tx.get(Lot, told.lot_id), await tx.get(Weighing, told.weighing_id)
    if lot is None:
        raise NoSuchLot(lot_id=told.lot_id)
    if weighing is None:
        weighing = Weighing(id=told.weighing_id, lot_id=told.lot_id)
        tx.add(weighing)
    own = holds.c.lot_id == told.lot_id, holds.c.share_id.in_(told.shares)
    return lot, weighing, (await tx.scalars(select(Hold).where(*own))).all()
