"""What was weighed for a window: lots as they are brought, entries of devices, and what counts of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.dialects.postgresql import insert

from services.chassis.access import Caller
from services.chassis.failure import LocksMoved
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import (
    BROUGHT,
    PENDING,
    BroughtLot,
    Line,
    Promised,
    Share,
    WeighIn,
    Weighing,
)
from services.cooperative.events import StockCollected
from services.cooperative.queries.picking import served
from services.cooperative.tables import commodities, lines, lots, shares, weigh_ins, weighings


class Counted(NamedTuple):
    """A weighing that catalog has counted, its lot, and what it is for."""

    weighing: Weighing
    lot: BroughtLot
    shares: dict[UUID, Share]
    lines: Sequence[Line]
    of_lines: Sequence[Share]


async def brought(tx: Tx, collector: Caller, window_id: UUID, codes: Collection[str]) -> list[BroughtLot]:
    """The lots with these codes that the window counts on, as far as the caller collects there."""
    return await _brought(tx, window_id, shares.c.lot_code.in_(codes), *served(collector))


async def brought_lot(tx: Tx, window_id: UUID, lot_id: UUID) -> BroughtLot:
    """One of them by its id."""
    found = await _brought(tx, window_id, shares.c.lot_id == lot_id)
    if not found:
        raise NotFound
    return found[0]


async def _brought(tx: Tx, window_id: UUID, *which: ColumnElement[bool]) -> list[BroughtLot]:
    columns = (
        *(shares.c[name] for name in ("lot_id", "lot_code", "seller_id", "village", "commodity_name")),
        *(shares.c[name] for name in ("unit", "per", "id", "line_id", "quantity", "status")),
        *(lots.c.grade, commodities.c.grades, lines.c.grade.label("wanted")),
    )
    told = select(*columns).join_from(shares, lines, lines.c.id == shares.c.line_id)
    described = told.join(lots, lots.c.id == shares.c.lot_id).join(
        commodities, commodities.c.id == lines.c.commodity_id
    )
    here = shares.c.window_id == window_id, shares.c.status.in_(BROUGHT | PENDING), *which
    rows = (
        await tx.execute(described.where(*here).order_by(shares.c.lot_id, lines.c.place, shares.c.id))
    ).all()
    return [_lot(list(own)) for _, own in groupby(rows, key=lambda row: row.lot_id)]


def _lot(rows: Sequence[Any]) -> BroughtLot:
    first = rows[0]
    return BroughtLot(
        lot_id=first.lot_id,
        code=first.lot_code,
        seller_id=first.seller_id,
        village=first.village,
        commodity_name=first.commodity_name,
        unit=first.unit,
        per=first.per,
        grade=first.grade,
        grades=first.grades,
        shares=[
            Promised(row.id, row.line_id, row.quantity, row.wanted, pending=row.status in PENDING)
            for row in rows
        ],
    )


async def weighing_ids(
    tx: Tx, window_id: UUID, codes: Collection[str] = (), lot_ids: Collection[UUID] = ()
) -> list[UUID]:
    """What was weighed already of lots with these codes or ids."""
    named = or_(weighings.c.lot_code.in_(codes), weighings.c.lot_id.in_(lot_ids))
    known = weighings.c.window_id == window_id, named
    return list(await tx.scalars(select(weighings.c.id).where(*known)))


async def weighings_by_lot(tx: Tx, window_id: UUID, lot_ids: Collection[UUID]) -> dict[UUID, Weighing]:
    """Those that this transaction may change.

    Raises:
        LocksMoved: another phone weighed one for the first time since the locks were asked for.
    """
    known = weighings.c.window_id == window_id, weighings.c.lot_id.in_(lot_ids)
    found = (await tx.scalars(select(Weighing).where(*known))).all()
    if not all(tx.holds(one.id) for one in found):
        raise LocksMoved(f"a lot of window {window_id} was weighed meanwhile")
    return {one.lot_id: one for one in found}


async def keep_entries(tx: Tx, entries: Iterable[WeighIn]) -> None:
    """Each once; one that was refused before is judged anew."""
    once = {(entry.device, entry.entry_id, entry.digest): entry for entry in entries}
    rows = [{name: getattr(entry, name) for name in weigh_ins.c.keys()} for entry in once.values()]  # noqa: SIM118
    upsert = insert(weigh_ins).values(rows)
    again = {"refused_by": upsert.excluded.refused_by, "lot_id": upsert.excluded.lot_id}
    await tx.execute(
        upsert.on_conflict_do_update(
            constraint="weigh_in_once", set_=again, where=weigh_ins.c.refused_by.is_not(None)
        )
    )


async def entries_by_lot(tx: Tx, window_id: UUID, lot_ids: Collection[UUID]) -> dict[UUID, list[WeighIn]]:
    """All that was weighed of these lots, refused entries apart."""
    counted = weigh_ins.c.window_id == window_id, weigh_ins.c.lot_id.in_(lot_ids)
    standing = select(WeighIn).where(*counted, weigh_ins.c.refused_by.is_(None))
    found: dict[UUID, list[WeighIn]] = defaultdict(list)
    for entry in await tx.scalars(standing.order_by(weigh_ins.c.id)):
        if entry.lot_id is not None:
            found[entry.lot_id].append(entry)
    return found


async def entries_of(
    tx: Tx, collector: Caller, window_id: UUID, part: Slice, *, refused: bool | None
) -> Sequence[WeighIn]:
    """Every entry of the window, newest first; of lots that an assistant does not serve only what he sent himself."""
    wanted = select(WeighIn).where(weigh_ins.c.window_id == window_id)
    if collector.role == "assistant":
        own = select(shares.c.lot_id).where(shares.c.window_id == window_id, *served(collector))
        wanted = wanted.where(or_(weigh_ins.c.weighed_by == collector.actor, weigh_ins.c.lot_id.in_(own)))
    if refused is not None:
        wanted = wanted.where(
            weigh_ins.c.refused_by.is_not(None) if refused else weigh_ins.c.refused_by.is_(None)
        )
    return (await tx.scalars(part.narrow(wanted, weigh_ins.c.id))).all()


async def weighings_of(
    tx: Tx, collector: Caller, window_id: UUID, part: Slice, *, conflict: bool | None
) -> Sequence[Weighing]:
    wanted = select(Weighing).where(weighings.c.window_id == window_id)
    if collector.role == "assistant":
        wanted = wanted.where(weighings.c.village.in_(collector.villages))
    if conflict is not None:
        wanted = wanted.where(weighings.c.conflict.is_(conflict))
    return (await tx.scalars(part.narrow(wanted, weighings.c.id))).all()


async def weighing_shares_and_lines(tx: Tx, told: StockCollected) -> list[UUID]:
    found = select(shares.c.id, shares.c.line_id).join(
        weighings,
        and_(weighings.c.window_id == shares.c.window_id, weighings.c.lot_id == shares.c.lot_id),
    )
    rows = (await tx.execute(found.where(weighings.c.id == told.weighing_id))).all()
    return [told.weighing_id, *{row.id for row in rows}, *{row.line_id for row in rows}]


async def counted(tx: Tx, told: StockCollected) -> Counted:
    """A weighing that must be here, because this service told catalog of it."""
    weighing = await tx.get(Weighing, told.weighing_id)
    if weighing is None:
        raise LookupError(f"no weighing {told.weighing_id}")
    lot = await brought_lot(tx, weighing.window_id, weighing.lot_id)
    line_ids = {share.line_id for share in lot.shares}
    final = shares.c.line_id.in_(line_ids), shares.c.status.in_(BROUGHT)
    of_lines = (await tx.scalars(select(Share).where(*final))).all()
    own = {share.id: share for share in of_lines if share.lot_id == lot.lot_id}
    served_lines = select(Line).where(lines.c.id.in_(line_ids)).order_by(lines.c.place)
    return Counted(weighing, lot, own, (await tx.scalars(served_lines)).all(), of_lines)
