"""Faults in what is delivered: records that come again and late, and records that nobody can read."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.faults.checker.gather import partitions
from tests.faults.nemesis.fault import Doing, Fault, Scene

AGAIN = 50
TOPICS = ("catalog.lots", "orders.orders", "orders.books", "cooperative.shares", "cooperative.lines")
POISON = "catalog.lot_repriced.v1"


async def redeliver(scene: Scene, fault: Fault) -> str:
    """Records of a topic once more, byte for byte, long after what came behind them."""
    topic = fault.choose(list(TOPICS))
    drawn = random.Random(fault.dice)
    records = await _some(scene, topic, drawn)
    async with scene.lock("brokers"):
        await _produce(
            scene,
            [(topic, one.key, one.value, list(one.headers)) for one in drawn.sample(records, len(records))],
        )
    return f"{len(records)} records of {topic}"


async def poison(scene: Scene, fault: Fault) -> str:
    """A record whose value is no event, under the key of a lot that no window asks for."""
    if not scene.victims:
        return "nobody: there is no lot yet"
    lot = fault.choose(scene.victims)
    made = str(UUID(int=random.Random(fault.dice).getrandbits(128), version=4))
    headers = {
        "ce_specversion": "1.0",
        "ce_id": made,
        "ce_source": "/lumbung/catalog",
        "ce_type": POISON,
        "ce_time": "2026-01-01T00:00:00Z",
        "ce_subject": lot,
        "ce_aggregateversion": "1000000",
        "ce_actor": "service:catalog",
    }
    scene.injected.add(made)
    scene.poisoned.add(lot)
    async with scene.lock("brokers"):
        told = [(name, value.encode()) for name, value in headers.items()]
        await _produce(scene, [("catalog.lots", lot.encode(), b'{"price":', told)])
    return f"lot {lot}"


async def _some(scene: Scene, topic: str, drawn: random.Random) -> list[Any]:
    """Up to so many records from somewhere in the middle of each partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=list(scene.ground.stack.kafka), group_id=None)
    await consumer.start()
    try:
        parts = await partitions(consumer, [topic])
        ends = await consumer.end_offsets(parts)
        full = [part for part in parts if ends[part]]
        consumer.assign(full)
        for part in full:
            consumer.seek(part, drawn.randrange(ends[part]))
        found = await consumer.getmany(timeout_ms=1_000, max_records=AGAIN) if full else {}
    finally:
        await consumer.stop()
    return [one for records in found.values() for one in records]


async def _produce(scene: Scene, records: Sequence[tuple[str, bytes | None, bytes | None, Any]]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=list(scene.ground.stack.kafka), acks="all")
    await producer.start()
    try:
        for topic, key, value, headers in records:
            await producer.send_and_wait(topic, key=key, value=value, headers=headers)
    finally:
        await producer.stop()


KINDS: dict[str, Doing] = {"redeliver": redeliver, "poison": poison}
