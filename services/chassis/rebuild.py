"""A projection made anew from its topics, while its service is stopped, by way of a copy."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import select, text

from services.chassis import copies, positions, tables
from services.chassis.copies import Differences
from services.chassis.database import SERVICE_SESSIONS, Database
from services.chassis.event import Event
from services.chassis.projection import Projection
from services.chassis.reaction import Reactions
from services.chassis.record import Poison, Record, read
from services.chassis.tables import parked, parked_history

PORTION = 500
WAIT_MS = 1_000

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)


class NotRebuilt(RuntimeError):
    """Why the projection stays as it is."""


class Rebuild:
    """One projection of one service. The table itself changes in `apply` alone."""

    def __init__(
        self, database: Database, brokers: Sequence[str], reactions: Reactions, projection: Projection
    ) -> None:
        self._database = database
        self._brokers = list(brokers)
        self._reactions = reactions
        self._projection = projection
        self._until: dict[TopicPartition, int] = {}

    async def refuse_while_served(self) -> None:
        """Raises NotRebuilt while a replica has sessions on the database."""
        async with self._database.engine.connect() as connection:
            if await connection.scalar(_OTHERS, {"name": SERVICE_SESSIONS}):
                raise NotRebuilt(f"{self._database.service} is running; stop all its replicas first")

    async def fill(self) -> int:
        """Fill the copy with what the topics tell, as far as the service has read them; answers how many events.

        Raises:
            NotRebuilt: a topic does not reach back to its beginning, or holds what cannot be read and is not parked.
        """
        reader = AIOKafkaConsumer(bootstrap_servers=self._brokers, enable_auto_commit=False)
        await reader.start()
        try:
            self._until = await self._reached(reader)
            await copies.make(self._database.engine, self._projection.table)
            aside = await self._aside()
            told = 0
            async for records in self._portions(reader):
                told += await self._keep(records, aside)
            return told
        finally:
            await reader.stop()

    async def differences(self) -> Differences:
        """In how far the copy is not what is there."""
        return await copies.differences(self._database.engine, self._projection.table)

    async def apply(self) -> None:
        """Bring the table to the copy, a portion of rows at a time; begun again after a crash, it goes on.

        Raises:
            NotRebuilt: the service has been started meanwhile, and has read on.
        """
        table = self._projection.table
        for statement in (copies.without_what_is_no_more(table), copies.with_what_is_new(table)):
            changed = 1
            while changed:
                async with self._database.engine.begin() as connection:
                    await connection.execute(text("LOCK TABLE positions IN SHARE MODE"))
                    now = positions.by_partition(await connection.execute(select(tables.positions)))
                    if any(now.get(part, 0) != at for part, at in self._until.items()):
                        raise NotRebuilt(
                            f"{self._database.service} was started meanwhile; stop it, begin again"
                        )
                    changed = (await connection.execute(statement, {"portion": PORTION})).rowcount

    async def forget(self) -> None:
        """Take the copy away."""
        await copies.drop(self._database.engine, self._projection.table)

    async def _reached(self, reader: Any) -> dict[TopicPartition, int]:
        known = await positions.stored(self._database)
        parts = []
        for topic in sorted(self._projection.topics):
            await reader._client.add_topic(topic)
            parts += [TopicPartition(topic, one) for one in sorted(reader.partitions_for_topic(topic) or ())]
        reader.assign(parts)
        first, after = await reader.beginning_offsets(parts), await reader.end_offsets(parts)
        for part in parts:
            if first[part]:
                raise NotRebuilt(await self._begins_late(reader, part, first[part], after[part]))
            if after[part] < known.get(part, 0):
                raise NotRebuilt(
                    f"{part.topic}/{part.partition} ends before what was read of it: Kafka lost data"
                )
        return {part: known.get(part, 0) for part in parts}

    async def _begins_late(self, reader: Any, part: TopicPartition, first: int, after: int) -> str:
        since = "and is empty"
        if first < after:
            reader.seek(part, first)
            since = f"of {datetime.fromtimestamp((await reader.getone(part)).timestamp / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        return (
            f"{part.topic}/{part.partition} begins at offset {first} {since}: what was told before is gone, and the"
            f" projection cannot be made without it. It stays as it is; restore the topic from a backup first."
        )

    async def _portions(self, reader: Any) -> AsyncIterator[list[Record]]:
        for part in self._until:
            reader.seek(part, 0)
        left = {part for part, until in self._until.items() if until}
        reader.pause(*(self._until.keys() - left))
        while left:
            taken = await reader.getmany(*left, timeout_ms=WAIT_MS, max_records=PORTION)
            for part, some in taken.items():
                records = [one for one in some if one.offset < self._until[part]]
                if records:
                    yield [_record(one) for one in records]
            done = {part for part in left if await reader.position(part) >= self._until[part]}
            reader.pause(*done)
            left -= done

    async def _keep(self, records: Sequence[Record], aside: set[UUID]) -> int:
        told = [event for record in records if (event := self._event(record, aside)) is not None]
        if told:
            async with copies.beside(self._database).transaction() as tx:
                await self._projection.keep(tx, told)
        return len(told)

    def _event(self, record: Record, aside: set[UUID]) -> Event | None:
        item = read(record, self._reactions)
        if item is None or item.id in aside:
            return None
        if isinstance(item, Poison):
            raise NotRebuilt(
                f"{record.place} was taken in once and cannot be read by this code: {item.cause}"
            )
        return item.event if isinstance(item.event, self._projection.events) else None

    async def _aside(self) -> set[UUID]:
        """What was never handled: parked now, or discarded."""
        gone = select(parked_history.c.parked_id).where(parked_history.c.action == "discarded")
        async with self._database.transaction() as tx:
            return {*await tx.scalars(select(parked.c.id)), *await tx.scalars(gone)}


def _record(one: Any) -> Record:
    return Record(one.topic, one.partition, one.offset, one.key, one.value, one.headers)
