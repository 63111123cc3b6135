"""Relay events/s, ordered, from a full outbox; its limit: the same producer with nothing to read."""

import asyncio
import shutil
import time
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from bench import events
from bench.measure import Figure, Goal, Measure, interleaved, say
from bench.stage import Stage, in_process
from infra.debezium import capture
from infra.debezium.connect import Outbox, carrying, jars
from infra.topics import Topic, provision
from services.chassis import points
from services.chassis.message import message
from services.chassis.relay import GROUP, Relay

PREFIX = "cdc."
PARTITIONS = 12


async def relay_all(url: str, kafka: list[str]) -> float:
    """Events/s from the moment it leads to the last acknowledged group; the cursor is put back afterwards."""
    async with events.connected(url) as session:
        before = await session.fetchrow("SELECT xid::text, last_id FROM relay")
        count = await session.fetchval(
            "SELECT count(*) FROM outbox, relay WHERE (outbox.xid, outbox.id) > (relay.xid, relay.last_id)"
        )
        relay, stopping = Relay(url, kafka, "bench", asyncio.Event()), asyncio.Event()
        sent: list[float] = []
        points.arm(partial(_note, sent))
        running = asyncio.create_task(relay.run(stopping))
        while not relay.leads:
            await asyncio.sleep(0.001)
        began = time.perf_counter()
        stopping.set()
        await running
        await session.execute("UPDATE relay SET xid = $1::text::xid8, last_id = $2", *before)
    return int(count) / (sent[-1] - began)


async def _note(sent: list[float], point: str) -> None:
    if point == "group-sent":
        sent.append(time.perf_counter())


async def produce_all(url: str, kafka: list[str]) -> float:
    """The same messages, made beforehand, through the relay's own producer in groups of its size."""
    waiting = [(row["aggregatetype"], message(row)) for row in await events.taken(url, "outbox.*")]
    producer: Any = await Relay(url, kafka, "bench", asyncio.Event())._producer()
    began = time.perf_counter()
    for start in range(0, len(waiting), GROUP):
        part = waiting[start : start + GROUP]
        sent = [await producer.send(topic, **told) for topic, told in part]
        await asyncio.gather(*sent)
    took = time.perf_counter() - began
    await producer.stop()
    return len(waiting) / took


async def relaying(stage: Stage, count: int, repeats: int) -> Figure:
    stage.empty_topics()
    url = stage.database("catalog", "relay")
    admin = stage.as_admin(url)
    with capture.captured(admin, "bench_relay"):
        await events.fill(url, count)
        say(f"{count:,} events wait in the outbox")
        told = {"url": url, "kafka": list(stage.kafka)}
        contenders: dict[str, Measure] = {
            "relay": partial(in_process, "bench.relaying:relay_all", **told),
            "produce only": partial(in_process, "bench.relaying:produce_all", **told),
            "Debezium": partial(_debezium, stage, admin, count),
        }
        samples = await interleaved(contenders, repeats, "relay, events/s")
    goals = [Goal("relay", "produce only", 0.85), Goal("relay", "Debezium", 3)]
    return Figure(f"relay, {count:,} rows waiting", "events/s", samples, goals)


async def _debezium(stage: Stage, admin: str, count: int) -> float:
    """Events/s between the first and the last on their topic: its start does not count against it."""
    topic = PREFIX + events.TOPIC
    provision(stage.kafka, [Topic(topic, PARTITIONS, {})])
    outbox = Outbox(admin, stage.kafka, "bench", PREFIX + "${routedByValue}")
    async with events.connected(admin) as session:
        await session.execute("SELECT pg_copy_logical_replication_slot('bench_relay', $1)", outbox.slot)
    folder = stage.home.root / "connect"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        with carrying(outbox, folder, jars()) as part:
            return await _arrived(stage, topic, count, part)
    finally:
        await _forget_slot(admin, outbox.slot)


async def _arrived(stage: Stage, topic: str, count: int, part: Any) -> float:
    reader = AIOKafkaConsumer(bootstrap_servers=list(stage.kafka))
    await reader.start()
    parts = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    try:
        before = sum((await reader.end_offsets(parts)).values())
        first, at_first, there = 0.0, 0, 0
        while there < count:
            if not part.running:
                raise RuntimeError(f"Kafka Connect ended: see {part.log}")
            await asyncio.sleep(0.05)
            there = sum((await reader.end_offsets(parts)).values()) - before
            if there and not first:
                first, at_first = time.perf_counter(), there
        return (there - at_first) / (time.perf_counter() - first)
    finally:
        await reader.stop()


async def _forget_slot(admin: str, slot: str) -> None:
    async with events.connected(admin) as session:
        while await session.fetchval(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = $1 AND active", slot
        ):
            await asyncio.sleep(0.1)
        await session.execute("SELECT pg_drop_replication_slot($1)", slot)
