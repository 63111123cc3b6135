"""Projection events/s, inbox and effects included; its limit: a FastStream batch subscriber that only decodes."""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker, KafkaMessage

from bench import events
from bench.measure import Figure, Goal, Measure, interleaved, say
from bench.stage import Stage, in_process
from services.chassis.clock import Clock
from services.chassis.consumer import LARGEST_GROUP, POLL_MS, Consumer
from services.chassis.database import Database, open_engine
from services.chassis.group import Group
from services.chassis.message import message
from services.chassis.metrics import Metrics
from services.chassis.reaction import Reactions
from services.chassis.record import Record
from services.chassis.spans import Spans
from services.chassis.steps import Steps
from services.orders import handlers

REPEATED = 5
"""Every fifth record says again what came shortly before."""
SHORTLY = 200
GOAL = 0.4


class Timed(Group):
    """A group that remembers when it began with the first records and when it was done with the last."""

    began = 0.0
    ended = 0.0
    applied = 0

    async def apply(self, records: Sequence[Record]) -> None:
        self.began = self.began or time.perf_counter()
        await super().apply(records)
        self.applied += len(records)
        self.ended = time.perf_counter()


async def project(url: str, kafka: list[str], count: int) -> float:
    """orders takes in what catalog told of its lots, as a new member of a new group."""
    engine = open_engine(url)
    database = Database(engine, Clock(None), "orders", lambda: None)
    async with events.connected(url) as session:
        await session.execute("TRUNCATE lots, positions")
        await session.execute("DELETE FROM inbox WHERE received_at > (SELECT beat FROM relay)")
        await session.execute("UPDATE relay SET beat = clock_timestamp()")
    group = Timed(database, Reactions((handlers,)), Steps(Metrics(), Spans()))
    consumer = Consumer(kafka, f"bench.{uuid4().hex[:8]}", [events.TOPIC], group, database)
    stopping = asyncio.Event()
    running = asyncio.create_task(consumer.run(stopping))
    while group.applied < count and not running.done():
        await asyncio.sleep(0.01)
    stopping.set()
    await running
    await engine.dispose()
    return group.applied / (group.ended - group.began)


async def decode_only(kafka: list[str], count: int) -> float:
    """The same records through FastStream in batches as large, headers and JSON decoded, offsets committed."""
    broker = KafkaBroker(kafka, logger=None)
    began, taken, done = 0.0, 0, asyncio.Event()

    @broker.subscriber(
        events.TOPIC,
        batch=True,
        max_records=LARGEST_GROUP,
        batch_timeout_ms=POLL_MS,
        group_id=f"bench.{uuid4().hex[:8]}",
        auto_offset_reset="earliest",
        ack_policy=AckPolicy.MANUAL,
        decoder=_decoded,
        no_reply=True,
    )
    async def take(told: Any, incoming: KafkaMessage) -> None:
        nonlocal began, taken
        began = began or time.perf_counter()
        taken += len(told)
        await incoming.ack()
        if taken >= count:
            done.set()

    running = asyncio.create_task(FastStream(broker, logger=None).run())
    await done.wait()
    took = time.perf_counter() - began
    running.cancel()
    await asyncio.wait({running})
    await broker.stop()
    return taken / took


async def _decoded(incoming: Any) -> Any:
    """FastStream decoded the headers; its own decoder makes a message object of each record first."""
    return [json.loads(value) for value in incoming.body]


async def publish(kafka: Iterable[str], count: int) -> None:
    """Fill the topic; a fifth of the records are repeats."""
    producer = AIOKafkaProducer(bootstrap_servers=list(kafka), enable_idempotence=True, linger_ms=20)
    await producer.start()
    try:
        names = (*events.COLUMNS, "onbehalfof", "causationid", "original")
        fresh = [
            dict(zip(names, (*row, None, None, None), strict=True)) for row in events.rows(count * 4 // 5)
        ]
        for start in range(0, count, 1_000):
            part = [fresh[place(number)] for number in range(start, min(start + 1_000, count))]
            await asyncio.gather(*[await producer.send(events.TOPIC, **message(row)) for row in part])
    finally:
        await producer.stop()


def place(number: int) -> int:
    own = number - number // REPEATED
    return max(0, own - SHORTLY) if number % REPEATED == REPEATED - 1 else own


async def projecting(stage: Stage, count: int, repeats: int) -> Figure:
    stage.empty_topics()
    await publish(stage.kafka, count)
    say(f"{count:,} records wait on {events.TOPIC}, a fifth of them repeats")
    url, kafka = stage.database("orders", "projection"), list(stage.kafka)
    contenders: dict[str, Measure] = {
        "projection": partial(in_process, "bench.projecting:project", url=url, kafka=kafka, count=count),
        "FastStream, decoding": partial(in_process, "bench.projecting:decode_only", kafka=kafka, count=count),
    }
    samples = await interleaved(contenders, repeats, "projection, events/s")
    return Figure(
        "projection, 20 % duplicates", "events/s", samples, [Goal("projection", "FastStream, decoding", GOAL)]
    )
