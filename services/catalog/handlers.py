"""What catalog does when cooperative lists commodities or asks for stock, and when a hold's time is over."""

from collections.abc import Sequence
from uuid import UUID

from services.catalog import queries
from services.catalog.domain import Hold
from services.catalog.events import CommitWanted, CommodityListed, HoldWanted, LotWeighed, ReleaseWanted
from services.catalog.texts import facts_of
from services.chassis.outbox import emit
from services.chassis.reaction import due, on
from services.chassis.timeline import note
from services.chassis.tx import Tx

EXPIRY = "expire-hold"


async def keep_commodities(events: Sequence[CommodityListed], tx: Tx) -> None:
    await queries.keep_commodities(tx, events)


@on(CommodityListed, together=keep_commodities)
async def keep_commodity(event: CommodityListed, tx: Tx) -> None:
    await queries.keep_commodity(tx, event)


@on(HoldWanted, keys=lambda wish: wish.lot_id)
async def hold_stock(wish: HoldWanted, tx: Tx) -> None:
    lot, hold = await queries.lot_and_hold(tx, wish.lot_id, wish.share_id)
    for answer in hold.start(lot, wish):
        emit(tx, answer)
        await note(tx, lot.id, answer.type, **facts_of(lot, answer))
    await expire_in_time(tx, hold)


@on(CommitWanted, keys=lambda wish: wish.lot_id)
async def commit_stock(wish: CommitWanted, tx: Tx) -> None:
    lot, hold = await queries.lot_and_hold(tx, wish.lot_id, wish.share_id)
    for answer in hold.commit(lot, wish):
        emit(tx, answer)
        await note(tx, lot.id, answer.type, **facts_of(lot, answer))
    await expire_in_time(tx, hold)


@on(ReleaseWanted, keys=lambda wish: wish.lot_id)
async def release_stock(wish: ReleaseWanted, tx: Tx) -> None:
    lot, hold = await queries.lot_and_hold(tx, wish.lot_id, wish.share_id)
    for answer in hold.release(lot, wish):
        emit(tx, answer)
        await note(tx, lot.id, answer.type, **facts_of(lot, answer))
    await expire_in_time(tx, hold)


@on(LotWeighed, keys=lambda told: told.lot_id)
async def collect_stock(told: LotWeighed, tx: Tx) -> None:
    lot, weighing, holds = await queries.lot_and_weighing(tx, told)
    for answer in weighing.take(lot, holds, told):
        emit(tx, answer)
        await note(tx, lot.id, answer.type, **facts_of(lot, answer))


@due(EXPIRY, keys=queries.lot_of_share, hears=("cooperative.shares",))
async def let_hold_expire(share_id: UUID, tx: Tx) -> None:
    """A commitment that was wanted in time is heard first, however late catalog comes to it."""
    lot, hold = await queries.lot_and_hold_of_share(tx, share_id)
    for expired in hold.expire(lot):
        emit(tx, expired)
        await note(tx, lot.id, expired.type, **facts_of(lot, expired))


async def expire_in_time(tx: Tx, hold: Hold) -> None:
    if hold.ends_at:
        await tx.schedule(EXPIRY, hold.share_id, hold.ends_at)
    else:
        await tx.unschedule(EXPIRY, hold.share_id)
