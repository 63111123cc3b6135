"""The probe services' topics on the real broker: made anew, written to, and read whole."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin.records_to_delete import RecordsToDelete

from infra.broker import admin, blocking
from infra.topics import Topic, provision
from services.chassis.envelope import Envelope, Headers
from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.record import Record

PARTITIONS = 2
PERIOD_S = 0.1
LARGEST_EVENT, LARGEST_LETTER = "1000000", "1065536"
"""As in asyncapi.yaml."""
TOPICS = ("probe.counters", "probe.labels", "probe.gatherings", "mirror.mirrors")
LETTERS = ("mirror.dead-letters", "counters.dead-letters")


class Told(NamedTuple):
    """What a topic holds about one version of an aggregate."""

    version: int
    event_id: str


def make_topics(kafka: Sequence[str]) -> None:
    """All topics of the probe services, empty."""
    blocking(delete(kafka))
    plain = [Topic(name, PARTITIONS, {"max.message.bytes": LARGEST_EVENT}) for name in TOPICS]
    letters = [Topic(name, PARTITIONS, {"max.message.bytes": LARGEST_LETTER}) for name in LETTERS]
    provision(kafka, plain + letters)


async def delete(kafka: Sequence[str]) -> None:
    """All topics of the probe services, until none is left."""
    async with admin(kafka) as client:
        while known := set(await client.list_topics()) & {*TOPICS, *LETTERS}:
            await client.delete_topics(sorted(known))
            await asyncio.sleep(PERIOD_S)


async def empty(kafka: Sequence[str], topic: str) -> None:
    """Remove all that the topic holds, as its retention would."""
    everything = {TopicPartition(topic, part): RecordsToDelete(-1) for part in range(PARTITIONS)}
    async with admin(kafka) as client:
        await client.delete_records(everything)


def record(event: Event) -> Record:
    """A new event of somebody else, as its relay would send it."""
    envelope = Envelope(
        id=new_id(),
        source="/lumbung/test",
        type=event.type,
        time=datetime.now(UTC),
        subject=str(event.key),
        version=event.version,
        actor="service:test",
    )
    headers: list[tuple[str, bytes | None]] = [*envelope.headers()]
    return Record(event.topic, 0, 0, str(event.key).encode(), event.model_dump_json().encode(), headers)


@asynccontextmanager
async def producer(kafka: Sequence[str], **more: Any) -> AsyncIterator[Any]:
    sender = AIOKafkaProducer(bootstrap_servers=list(kafka), enable_idempotence=True, **more)
    await sender.start()
    try:
        yield sender
    finally:
        await sender.stop()


async def publish(kafka: Sequence[str], records: Iterable[Record]) -> None:
    """Write records to their topics, partitioned by key; where they stand is up to the broker."""
    async with producer(kafka) as sender:
        for one in records:
            headers: Headers = one.headers  # type: ignore[assignment]
            await (await sender.send(one.topic, key=one.key, value=one.value, headers=headers))


async def read_all(kafka: Sequence[str], topic: str) -> list[Any]:
    """Every record of the topic up to its ends as of now, partition after partition."""
    reader = AIOKafkaConsumer(bootstrap_servers=list(kafka), max_partition_fetch_bytes=8 * 1024 * 1024)
    await reader.start()
    try:
        parts = [TopicPartition(topic, part) for part in range(PARTITIONS)]
        reader.assign(parts)
        await reader.seek_to_beginning(*parts)
        ends = await reader.end_offsets(parts)
        found: dict[TopicPartition, list[Any]] = {part: [] for part in parts}
        while any([await reader.position(part) < ends[part] for part in parts]):
            for part, some in (await reader.getmany(timeout_ms=200)).items():
                found[part] += some
        return [one for part in parts for one in found[part] if one.offset < ends[part]]
    finally:
        await reader.stop()


async def ends(kafka: Sequence[str], topic: str) -> dict[int, int]:
    """The next offset of each partition."""
    reader = AIOKafkaConsumer(bootstrap_servers=list(kafka))
    await reader.start()
    try:
        found = await reader.end_offsets([TopicPartition(topic, part) for part in range(PARTITIONS)])
        return {part.partition: end for part, end in found.items()}
    finally:
        await reader.stop()


async def told(kafka: Sequence[str], topic: str, keys: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """Per aggregate what the topic holds, in order, repeats and all."""
    wanted = {str(key).encode(): key for key in keys}
    found: dict[UUID, list[Told]] = defaultdict(list)
    for one in await read_all(kafka, topic):
        if one.key in wanted:
            headers = dict(one.headers)
            version = int(headers["ce_aggregateversion"])
            found[wanted[one.key]].append(Told(version, headers["ce_id"].decode()))
    return found


async def headers(kafka: Sequence[str], topic: str, key: UUID) -> list[dict[str, str]]:
    """The headers of all that the topic holds of this aggregate."""
    found = [one for one in await read_all(kafka, topic) if one.key == str(key).encode()]
    return [{name: value.decode() for name, value in one.headers} for one in found]


def first_appearances(all_told: Iterable[Told]) -> list[int]:
    """The versions in the order in which each event was first seen; the same version by another id counts again."""
    return [one.version for one in dict.fromkeys(all_told)]
