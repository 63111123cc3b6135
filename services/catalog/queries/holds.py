"""What is set aside of a lot for a share."""

from uuid import UUID

from sqlalchemy import select

from services.catalog.domain import Hold, Lot
from services.catalog.domain.refusals import NoSuchLot
from services.catalog.tables import holds, lots
from services.chassis.tx import Tx


async def lot_and_hold(tx: Tx, lot_id: UUID, share_id: UUID) -> tuple[Lot, Hold]:
    """The lot, and what is set aside of it for the share: a new hold where nothing was asked before."""
    lot = await tx.get(Lot, lot_id)
    if lot is None:
        raise NoSuchLot(lot_id=lot_id)
    hold: Hold | None = await tx.scalar(
        select(Hold).where(holds.c.share_id == share_id, holds.c.lot_id == lot_id)
    )
    if hold is None:
        hold = Hold(share_id=share_id, lot_id=lot_id)
        tx.add(hold)
    return lot, hold


async def lot_of_share(tx: Tx, share_id: UUID) -> set[UUID]:
    return set(await tx.scalars(select(holds.c.lot_id).where(holds.c.share_id == share_id)))


async def lot_and_hold_of_share(tx: Tx, share_id: UUID) -> tuple[Lot, Hold]:
    found = await tx.execute(select(Lot, Hold).join_from(holds, lots).where(holds.c.share_id == share_id))
    row = found.one()
    return row.Lot, row.Hold
