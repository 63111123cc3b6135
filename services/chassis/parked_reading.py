"""What is parked, and what was done about it, as an operator asks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select

from services.chassis.parked import in_order
from services.chassis.parked_lock import ParkedKey
from services.chassis.tables import parked, parked_history
from services.chassis.tx import Tx

_HEAVY = ("original", "value")


async def how_many(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(parked)))


async def first_parked(tx: Tx, most: int) -> Sequence[RowMapping]:
    """The first of all keys in version order, without their originals."""
    light = [column for column in parked.c if column.name not in _HEAVY]
    return (await tx.execute(in_order(select(*light)).limit(most))).mappings().all()


async def topics_of(tx: Tx, key: str) -> list[str]:
    """In which topics something of this key is parked."""
    return sorted(await tx.scalars(select(parked.c.topic).distinct().where(parked.c.key == key)))


async def one_parked(tx: Tx, parked_id: UUID) -> RowMapping | None:
    """One event in full: parked now, or as it was when an operator closed it."""
    now = (await tx.execute(select(parked).where(parked.c.id == parked_id))).mappings().one_or_none()
    return now if now is not None else await _closed(tx, parked_id)


async def _closed(tx: Tx, parked_id: UUID) -> RowMapping | None:
    names: list[Any] = [parked_history.c[column.name] for column in parked.c if column.name != "id"]
    closed = select(parked_history.c.parked_id.label("id"), *names).where(
        parked_history.c.parked_id == parked_id, parked_history.c.action != "failed"
    )
    newest = closed.order_by(parked_history.c.number.desc()).limit(1)
    return (await tx.execute(newest)).mappings().one_or_none()


async def done_about(tx: Tx, at: ParkedKey) -> Sequence[RowMapping]:
    """What operators did about this key, in order."""
    theirs = parked_history.c.topic == at[0], parked_history.c.key == at[1]
    light = [column for column in parked_history.c if column.name not in _HEAVY]
    return (
        (await tx.execute(select(*light).where(*theirs).order_by(parked_history.c.number))).mappings().all()
    )


async def discarded_versions(tx: Tx, topic: str, keys: Sequence[str]) -> dict[str, list[int | None]]:
    """What operators gave up for ever of these keys: versions, None where nobody could read it."""
    wanted = select(parked_history.c.key, parked_history.c.version).where(
        parked_history.c.action == "discarded",
        parked_history.c.topic == topic,
        parked_history.c.key.in_(keys),
    )
    found: dict[str, list[int | None]] = {}
    for row in await tx.execute(wanted):
        found.setdefault(row.key, []).append(row.version)
    return found
