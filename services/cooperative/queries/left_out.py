"""Which orders of closed books will never come, and which windows wait for one."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import cast

from services.chassis.parked_reading import discarded_versions
from services.chassis.tx import Tx
from services.cooperative.domain import WindowStatus, never_comes
from services.cooperative.tables import books, orders, windows

ORDERS = "orders.orders"


class NotHere(NamedTuple):
    """An order in the book whose version there is not here; `known` is the newest that is."""

    order_id: UUID
    version: int
    known: int | None


async def given_up(tx: Tx, absent: Iterable[NotHere]) -> set[UUID]:
    """Those whose version in the book an operator has discarded."""
    wanted = list(absent)
    discarded = await discarded_versions(tx, ORDERS, [str(one.order_id) for one in wanted])
    suspects = [one for one in wanted if str(one.order_id) in discarded]
    known = await _known_versions(tx, [one.order_id for one in suspects])
    return {
        one.order_id
        for one in suspects
        if never_comes(one.version, known.get(one.order_id, set()), discarded[str(one.order_id)])
    }


async def unshared_windows(tx: Tx, _: str) -> list[UUID]:
    """Whose book may come or be shared at any moment."""
    unshared = windows.c.shared.is_(False), windows.c.status != WindowStatus.CALLED_OFF
    return list(await tx.scalars(select(windows.c.id).where(*unshared)))


async def windows_waiting_for(tx: Tx, order_id: str) -> list[UUID]:
    """Whose closed book names this order and is not shared yet."""
    named = books.c.orders.contains(cast([{"order_id": order_id}], JSONB))
    waiting = select(books.c.window_id).join(windows, windows.c.id == books.c.window_id)
    return list(await tx.scalars(waiting.where(windows.c.shared.is_(False), named)))


async def _known_versions(tx: Tx, order_ids: Iterable[UUID]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = {}
    wanted = select(orders.c.order_id, orders.c.version).where(orders.c.order_id.in_(order_ids))
    for row in await tx.execute(wanted):
        found.setdefault(row.order_id, set()).add(row.version)
    return found
