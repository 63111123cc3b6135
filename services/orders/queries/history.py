"""Every version of every order: what was ordered since when, and who did it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from services.chassis.tx import Tx
from services.orders.events import (
    OrderCancelled,
    OrderChanged,
    OrderEndedShort,
    OrderPlaced,
    OrderWaiting,
    OrderWithdrawn,
)
from services.orders.tables import order_versions

OrderFact = OrderPlaced | OrderWaiting | OrderChanged | OrderCancelled | OrderWithdrawn | OrderEndedShort


async def keep_versions(tx: Tx, facts: Iterable[OrderFact]) -> None:
    """Keep what these facts made of their orders, by whoever acts here (or sent the event that is handled)."""
    cause = tx.cause
    same = {
        "at": cause.time if cause else await tx.now(),
        "actor": cause.actor if cause else tx.actor,
        "on_behalf_of": cause.on_behalf_of if cause else tx.on_behalf_of,
    }
    if rows := [_row(fact) | same for fact in facts]:
        await tx.flush()  # an order is there before its versions are
        await tx.execute(insert(order_versions), rows)


def _row(fact: OrderFact) -> dict[str, Any]:
    told = fact.model_dump(mode="json", include={"lines"})
    window_id = None if isinstance(fact, OrderWaiting | OrderWithdrawn) else fact.window_id
    return {
        "order_id": fact.order_id,
        "version": fact.version,
        "what": fact.type,
        "window_id": window_id,
        "lines": told.get("lines"),
    }


async def versions_of(tx: Tx, order_id: UUID) -> Sequence[Row[Any]]:
    """All versions that were kept of an order, first to last."""
    kept = select(order_versions).where(order_versions.c.order_id == order_id)
    return (await tx.execute(kept.order_by(order_versions.c.version))).all()
