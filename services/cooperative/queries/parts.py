"""A window's shares and lines, a part at a time: no step of it takes long, or locks many."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select

from services.chassis.tx import Tx
from services.cooperative.domain import (
    AWAITED,
    BROUGHT,
    LIVE,
    PENDING,
    STANDING,
    Correction,
    Line,
    LotsTold,
    Share,
    ShareStatus,
)
from services.cooperative.tables import corrections, lines, shares

PART = 100


def is_part(rows: Sequence[object]) -> bool:
    """Whether there may be more than these."""
    return len(rows) == PART


async def window_and_open_shares(tx: Tx, window_id: UUID) -> list[UUID]:
    return [window_id, *await tx.scalars(_next(window_id, _open()))]


async def open_shares(tx: Tx, window_id: UUID) -> Sequence[Share]:
    """The next shares whose round is not closed for them yet."""
    return await _shares(tx, _next(window_id, _open()))


async def window_and_live_shares(tx: Tx, window_id: UUID) -> list[UUID]:
    return [window_id, *await tx.scalars(_next(window_id, _live()))]


async def live_shares(tx: Tx, window_id: UUID) -> Sequence[Share]:
    """The next shares that are asked for, or stand."""
    return await _shares(tx, _next(window_id, _live()))


def _next(window_id: UUID, wanted: ColumnElement[bool]) -> Select[tuple[UUID]]:
    """Ids alone, as locking asks them twice."""
    of = select(shares.c.id).where(shares.c.window_id == window_id, wanted)
    return of.order_by(shares.c.id).limit(PART)


async def _shares(tx: Tx, ids: Select[tuple[UUID]]) -> Sequence[Share]:
    return (await tx.scalars(select(Share).where(shares.c.id.in_(ids)).order_by(shares.c.id))).all()


def _live() -> ColumnElement[bool]:
    return or_(_open(), shares.c.status.in_(STANDING))


def _open() -> ColumnElement[bool]:
    return and_(shares.c.status.in_(LIVE), shares.c.round_open)


async def lines_to_settle(tx: Tx, window_id: UUID) -> list[UUID]:
    return list(await tx.scalars(_to_settle(window_id)))


async def settling(tx: Tx, window_id: UUID) -> tuple[Sequence[Line], Sequence[Share]]:
    """The next lines to which nothing more can come, with what was committed of each or was not."""
    own = (await tx.scalars(select(Line).where(lines.c.id.in_(_to_settle(window_id))))).all()
    told = shares.c.line_id.in_([line.id for line in own]), _counts()
    return own, (await tx.scalars(select(Share).where(*told).order_by(shares.c.id))).all()


def _counts() -> ColumnElement[bool]:
    return or_(shares.c.status.in_(BROUGHT), shares.c.ended_by == "NOT_COMMITTED")


def _to_settle(window_id: UUID) -> Select[tuple[UUID]]:
    awaited = exists().where(shares.c.line_id == lines.c.id, shares.c.status.in_(PENDING))
    wanted = lines.c.window_id == window_id, lines.c.filled.is_(None), ~awaited
    return select(lines.c.id).where(*wanted).order_by(lines.c.place).limit(PART)


async def outcome_of(tx: Tx, line_id: UUID) -> Sequence[Share] | None:
    """What was committed of a line or was not; None while something is still to come."""
    await tx.flush()
    if await tx.scalar(select(exists().where(shares.c.line_id == line_id, shares.c.status.in_(PENDING)))):
        return None
    return (await tx.scalars(select(Share).where(shares.c.line_id == line_id, _counts()))).all()


async def unsettled(tx: Tx, window_id: UUID) -> bool:
    await tx.flush()
    return bool(
        await tx.scalar(select(exists().where(lines.c.window_id == window_id, lines.c.filled.is_(None))))
    )


async def all_answered(tx: Tx, window_id: UUID) -> bool:
    """Whether no hold and no answer is awaited in the open round."""
    await tx.flush()
    awaited = shares.c.window_id == window_id, shares.c.round_open, shares.c.status.in_(AWAITED)
    return not await tx.scalar(select(exists().where(*awaited)))


async def unheard(tx: Tx, window_id: UUID) -> bool:
    """Whether catalog answered nothing at all: then everything is shared anew, on stock as it is known now."""
    await tx.flush()
    heard = shares.c.window_id == window_id, shares.c.ended_by.is_distinct_from("TOO_LATE_HELD")
    return not await tx.scalar(select(exists().where(*heard)))


async def promised(tx: Tx, window_id: UUID) -> dict[UUID, int]:
    """What each line may count on for now."""
    await tx.flush()
    counted = case((shares.c.status == ShareStatus.WANTED, shares.c.wanted), else_=shares.c.quantity)
    told = select(shares.c.line_id, func.sum(counted).label("promised")).where(
        shares.c.window_id == window_id
    )
    rows = await tx.execute(told.group_by(shares.c.line_id))
    return {row.line_id: int(row.promised) for row in rows}


async def answered(tx: Tx, window_id: UUID) -> Sequence[Row[Any]]:
    """What became of every share of the window so far."""
    columns = shares.c.lot_id, shares.c.line_id, shares.c.round, shares.c.status, shares.c.wanted
    told = select(*columns, shares.c.quantity).where(shares.c.window_id == window_id)
    return (await tx.execute(told.order_by(shares.c.id))).all()


async def not_held(tx: Tx, window_id: UUID) -> Sequence[Share]:
    """Shares of which catalog set aside less than was wanted, or not in time."""
    return (await tx.scalars(select(Share).where(*_not_held(window_id)).order_by(shares.c.id))).all()


def _not_held(window_id: UUID) -> tuple[ColumnElement[bool], ...]:
    less = or_(shares.c.held < shares.c.wanted, shares.c.ended_by == "TOO_LATE_HELD")
    return shares.c.window_id == window_id, less


async def lots_told(tx: Tx, window_id: UUID) -> LotsTold:
    """Of lots of which the window was held less: every correction, and all shares that were, also of other windows."""
    lot_ids = select(shares.c.lot_id).where(*_not_held(window_id))
    told = await tx.execute(select(corrections).where(corrections.c.lot_id.in_(lot_ids)))
    own = shares.alias("own")
    short = own.c.held < own.c.wanted, own.c.lot_answered.is_not(None), own.c.lot_id.in_(lot_ids)
    answered = await tx.scalars(select(Share).where(shares.c.id.in_(select(own.c.id).where(*short))))
    return LotsTold([Correction(row.lot_id, row.version, row.change) for row in told], answered.all())
