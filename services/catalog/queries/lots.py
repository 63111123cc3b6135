"""Lots: as their sellers change them, and as everyone sees them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from services.catalog.domain import Lot
from services.catalog.domain.refusals import NoSuchLot
from services.catalog.tables import lots
from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.tx import Tx


class LotFilter(NamedTuple):
    """What somebody looks for; `free_on` asks for lots of which something can be had on that day."""

    commodity_id: UUID | None = None
    village: str | None = None
    grade: str | None = None
    seller_id: UUID | None = None
    free_on: date | None = None


class Seen(NamedTuple):
    """A lot, and whether its reader may know who sells it."""

    lot: Lot
    seller_known: bool


async def own_lot(tx: Tx, lot_id: UUID, seller: Caller) -> Lot:
    """A lot of the person who calls or is acted for; an assistant acts only where he serves."""
    wanted = select(Lot).where(lots.c.id == lot_id, lots.c.seller_id == seller.person)
    if seller.role == "assistant":
        wanted = wanted.where(_where_served(seller))
    lot: Lot | None = await tx.scalar(wanted)
    if lot is None:
        raise NoSuchLot(lot_id=lot_id)
    return lot


async def seen_lot(tx: Tx, lot_id: UUID, reader: Caller) -> Seen:
    """Any lot: what is offered is for everyone to see."""
    row = (await tx.execute(_seen_by(reader).where(lots.c.id == lot_id))).one_or_none()
    if row is None:
        raise NoSuchLot(lot_id=lot_id)
    return Seen._make(row)


async def told_lot(tx: Tx, lot_id: UUID, reader: Caller) -> Lot:
    """A lot whose story its reader may know: what happened to it tells who sold how much to whom."""
    seen = await seen_lot(tx, lot_id, reader)
    if not seen.seller_known:
        raise NoSuchLot(lot_id=lot_id)
    return seen.lot


async def lots_seen(tx: Tx, wanted: LotFilter, reader: Caller, part: Slice) -> list[Seen]:
    """Newest first. Asking for a seller's lots finds those whose seller the reader may know."""
    found = _seen_by(reader).where(*_conditions(wanted, reader))
    return [Seen._make(row) for row in await tx.execute(part.narrow(found, lots.c.id))]


def _seen_by(reader: Caller) -> Select[Lot, bool]:
    return select(Lot, _knows_seller(reader))


def _knows_seller(reader: Caller) -> ColumnElement[bool]:
    """A seller's id is for the seller, the assistants of the lot's village and the cooperative's manager."""
    match reader.role:
        case "assistant":
            return _where_served(reader)
        case "manager":
            return lots.c.cooperative_id == reader.cooperative
    return lots.c.seller_id == reader.person


def _where_served(assistant: Caller) -> ColumnElement[bool]:
    """A village alone is not enough: another cooperative may have members there too."""
    return and_(lots.c.cooperative_id == assistant.cooperative, lots.c.village.in_(assistant.villages))


def _conditions(wanted: LotFilter, reader: Caller) -> Iterator[ColumnElement[bool]]:
    for column in ("commodity_id", "village", "grade", "seller_id"):
        value = getattr(wanted, column)
        if value is not None:
            yield lots.c[column] == value
    if wanted.seller_id:
        yield _knows_seller(reader)
    if wanted.free_on:
        yield lots.c.available > 0
        yield ~lots.c.withdrawn
        yield or_(lots.c.expires_on.is_(None), lots.c.expires_on >= wanted.free_on)
