"""How far each partition has been read; and whether the topics still hold what has not been read yet."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from aiokafka import TopicPartition
from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert

from services.chassis.database import Database
from services.chassis.tables import positions
from services.chassis.tx import Tx

Bounds = dict[TopicPartition, tuple[int, int]]
"""First and next offset of each partition."""


_REMOVED = (
    "{topic}/{part} begins at {first}, but this service has read it only up to {stored}: what lies between was"
    " removed from Kafka before it was read. Restore the topic from a backup, or accept the loss:"
    " UPDATE positions SET next_offset = {first} WHERE topic = '{topic}' AND partition = {part};"
)
_CUT = (
    "{topic}/{part} ends at {end}, but this service has read it up to {stored}: Kafka has lost data, or is another"
    " cluster. Restore the topic or correct LUMBUNG_KAFKA; or read again what is there, nothing is applied twice:"
    " DELETE FROM positions WHERE topic = '{topic}' AND partition = {part};"
)


class EventsGone(Exception):
    """Kafka no longer holds what this service has not read yet; to go on would be to lose it in silence."""


async def reached(tx: Tx) -> dict[TopicPartition, int]:
    """The next offset to read of every partition known so far."""
    return by_partition(await tx.execute(select(positions)))


async def stored(database: Database) -> dict[TopicPartition, int]:
    """The same, as committed by now."""
    async with database.engine.connect() as connection:
        return by_partition(await connection.execute(select(positions)))


async def check(database: Database, ends: Callable[[], Awaitable[Bounds]]) -> None:
    """Hold the stored positions against what the topics hold, and note the partitions that are new.

    The topics are asked after the database: another replica may read on meanwhile, but never beyond an end.

    Raises:
        EventsGone: a partition begins after the stored position, or ends before it.
    """
    known = await stored(database)
    bounds = await ends()
    if gone := _gone(known, bounds):
        raise EventsGone("\n".join(gone))
    async with database.transaction() as tx:
        rows = [
            {"topic": part.topic, "partition": part.partition, "next_offset": first}
            for part, (first, _) in sorted(bounds.items())
        ]
        await tx.execute(insert(positions).values(rows).on_conflict_do_nothing())


def by_partition(rows: Iterable[Row[Any]]) -> dict[TopicPartition, int]:
    return {TopicPartition(row.topic, row.partition): row.next_offset for row in rows}


def _gone(known: Mapping[TopicPartition, int], bounds: Bounds) -> list[str]:
    told = []
    for part, (first, end) in sorted(bounds.items()):
        at = known.get(part, first)
        if not first <= at <= end:
            sentence = _REMOVED if first > at else _CUT
            of = {"topic": part.topic, "part": part.partition, "first": first, "end": end, "stored": at}
            told.append(sentence.format(**of))
    return told
