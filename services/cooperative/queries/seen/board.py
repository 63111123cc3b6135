"""What the manager's board adds up of a window's shares, however many they are: counted by the database."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select

from services.chassis.tx import Tx
from services.cooperative.domain import AGREED, BROUGHT, ShareStatus, Tallied, VillagePart
from services.cooperative.tables import lines, shares


async def tallied(tx: Tx, window_id: UUID) -> dict[UUID, Tallied]:
    """What the shares of each line promise, and what of that is agreed and committed."""
    promised = case((shares.c.status == ShareStatus.WANTED, shares.c.wanted), else_=shares.c.quantity)
    told = select(shares.c.line_id, _sum(promised), _agreed(), _committed())
    rows = await tx.execute(told.where(shares.c.window_id == window_id).group_by(shares.c.line_id))
    return {row[0]: Tallied(*map(int, row[1:])) for row in rows}


async def standings(tx: Tx, window_id: UUID) -> dict[UUID, Counter[ShareStatus]]:
    """How many shares of each sharing stand where."""
    told = select(shares.c.sharing_id, shares.c.status, func.count().label("many")).where(
        shares.c.window_id == window_id
    )
    found: dict[UUID, Counter[ShareStatus]] = defaultdict(Counter)
    counted = told.group_by(shares.c.sharing_id, shares.c.status)
    for row in await tx.execute(counted):
        found[row.sharing_id][row.status] = row.many
    return found


async def village_parts(tx: Tx, window_id: UUID) -> list[VillagePart]:
    """What came of the shares of each village, by commodity."""
    key = shares.c.village, lines.c.commodity_id
    told = select(*key, _sum(shares.c.wanted), _sum(shares.c.held), _agreed(), _committed())
    of = told.join_from(shares, lines, lines.c.id == shares.c.line_id).where(shares.c.window_id == window_id)
    return [_part(row) for row in await tx.execute(of.group_by(*key))]


def _part(row: Sequence[Any]) -> VillagePart:
    return VillagePart(row[0], row[1], *map(int, row[2:]))


def _sum(amount: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(amount), 0)


def _agreed() -> ColumnElement[int]:
    return _of(tuple(AGREED))


def _committed() -> ColumnElement[int]:
    return _of(tuple(BROUGHT))


def _of(statuses: Sequence[ShareStatus]) -> ColumnElement[int]:
    return _sum(case((shares.c.status.in_(statuses), shares.c.quantity), else_=0))
