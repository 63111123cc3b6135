"""What a window can be shared over, as known now."""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from services.chassis.tx import Tx
from services.cooperative.domain import Good, KnownLot, Line, Market, Role, Window, WindowStatus, Wish
from services.cooperative.queries.credits import carried
from services.cooperative.queries.registry import policy, pseudonyms
from services.cooperative.tables import commodities, lines, lots, members, villages, windows

STILL_NAMED = timedelta(days=7)
"""How long an expired lot still stands in records with that reason."""
AT_ONCE = 500
"""Rows taken in before others have their turn: a market may have a hundred thousand lots."""


async def to_freeze(tx: Tx, window_id: UUID) -> tuple[Market] | None:
    """All that a sharing of the window's lines depends on; None where nobody wants one any more."""
    announced = windows.c.id == window_id, windows.c.status == WindowStatus.ANNOUNCED
    window = await tx.scalar(select(Window).where(*announced))
    if window is None:
        return None
    wishes = [_wish(line) for line in await tx.scalars(select(Line).where(lines.c.window_id == window_id))]
    wanted = {wish.commodity_id for wish in wishes}
    decided = await policy(tx, window.cooperative_id)
    found = Market(
        batch=f"{window.id}/{window.round + 1}" if window.round else str(window.id),
        day=window.delivery_day,
        parameters=decided.parameters(),
        minimum_steps=decided.minimum_steps,
        rounds=decided.rounds,
        pseudonyms=await pseudonyms(tx, window.cooperative_id),
        villages=await _costs(tx, window.cooperative_id),
        goods=await _goods(tx, wanted),
        wishes=wishes,
        lots=await _on_offer(tx, window, wanted),
        credits=await carried(tx, window.cooperative_id, wanted),
    )
    return (found,)


def _wish(line: Line) -> Wish:
    return Wish(
        line_id=line.id,
        buyer_id=line.buyer_id,
        commodity_id=line.commodity_id,
        grade=line.grade,
        quantity=line.quantity,
        cap=line.cap,
        certificates=line.certificates,
    )


async def _costs(tx: Tx, cooperative_id: UUID) -> dict[str, tuple[int, int]]:
    told = select(villages.c.code, villages.c.stop_cost, villages.c.haul_cost)
    rows = await tx.execute(told.where(villages.c.cooperative_id == cooperative_id))
    return {row.code: (row.stop_cost, row.haul_cost) for row in rows}


async def _goods(tx: Tx, wanted: Collection[UUID]) -> list[Good]:
    rows = await tx.execute(select(commodities).where(commodities.c.id.in_(wanted)))
    return [
        Good(row.id, row.name, row.unit, row.per, tuple(row.grades), row.step, row.reference_price)
        for row in rows
    ]


async def _on_offer(tx: Tx, window: Window, wanted: Collection[UUID]) -> list[KnownLot]:
    """Lots of the cooperative's own sellers that are neither sold out nor long expired."""
    found: list[KnownLot] = []
    for part in (await tx.execute(_offered(window, wanted))).partitions(AT_ONCE):
        found += _known(part)
        await asyncio.sleep(0)
    return found


def _offered(window: Window, wanted: Collection[UUID]) -> Select[Any]:
    selling = and_(
        members.c.cooperative_id == lots.c.cooperative_id,
        members.c.person_id == lots.c.seller_id,
        members.c.role == Role.SELLER,
    )
    counted = and_(commodities.c.id == lots.c.commodity_id, commodities.c.per == lots.c.per)
    asked = (
        select(lots, members.c.name.label("seller_name")).join(members, selling).join(commodities, counted)
    )
    return asked.where(
        lots.c.cooperative_id == window.cooperative_id,
        lots.c.commodity_id.in_(wanted),
        lots.c.available > 0,
        lots.c.withdrawn.is_(False),
        _still_named(window),
    )


def _still_named(window: Window) -> ColumnElement[bool]:
    return or_(lots.c.expires_on.is_(None), lots.c.expires_on >= window.delivery_day - STILL_NAMED)


def _known(rows: Iterable[Any]) -> Iterator[KnownLot]:
    for row in rows:
        yield KnownLot(
            lot_id=row.id,
            version=row.version,
            lot_code=row.code,
            seller_id=row.seller_id,
            seller_name=row.seller_name,
            village=row.village,
            commodity_id=row.commodity_id,
            grade=row.grade,
            available=row.available,
            price=row.price,
            ready_on=row.ready_on,
            expires_on=row.expires_on,
            certificates=row.certificates,
        )
