"""Commit in one service to applied in the next, open loop; its limit: produce to consume with the bare clients."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench import events
from bench.measure import Figure, Goal, say
from bench.pace import open_loop, until
from bench.percentiles import Latencies, percentile
from bench.stage import Stage, in_process
from services.catalog.events import LotListed
from services.chassis.clock import Clock
from services.chassis.consumer import POLL_MS, Consumer
from services.chassis.database import Database, open_engine
from services.chassis.group import Group
from services.chassis.ids import new_id
from services.chassis.metrics import Metrics
from services.chassis.outbox import emit
from services.chassis.reaction import Reactions
from services.chassis.record import Record
from services.chassis.relay import Relay
from services.chassis.spans import Spans
from services.chassis.steps import Steps
from services.orders import handlers

LATE_S = 30
WARM = 0.2
"""The first part of a run does not count."""
SHARES = (0.25, 0.5, 0.75)
RATES = (100, 200, 400, 800, 1_600, 3_200)
TURNS_UP = 5
KEPT_UP = 0.95
GOAL = 3

Moments = dict[str, int]
"""When, in nanoseconds, by the event's id."""


async def commit(url: str, kafka: list[str], rate: float, count: int, heard: str) -> tuple[float, Moments]:
    """catalog, as far as its relay: a transaction per event, once the other side listens."""
    wake, stopping, committed = asyncio.Event(), asyncio.Event(), Moments()
    engine = open_engine(url)
    database = Database(engine, Clock(None), "catalog", wake.set)
    relay = Relay(url, kafka, "catalog", wake)
    running = asyncio.create_task(relay.run(stopping))
    example = events.example(LotListed.type)

    async def one(_: int) -> None:
        async with database.transaction() as tx:
            emit(tx, LotListed.model_validate(example | {"lot_id": new_id()}))
            event_id = str(tx.outgoing[0].id)
        committed[event_id] = time.time_ns()

    await until(lambda: relay.leads and Path(heard).exists())
    reached = await open_loop(rate, count, one)
    await events.carried(url)
    stopping.set()
    await running
    await engine.dispose()
    return reached, committed


class Noting(Group):
    """Notes when each event was applied, that is when its group's transaction was committed."""

    def __init__(self, database: Database, reactions: Reactions) -> None:
        super().__init__(database, reactions, Steps(Metrics(), Spans()))
        self.applied = Moments()

    async def apply(self, records: Sequence[Record]) -> None:
        await super().apply(records)
        now = time.time_ns()
        self.applied |= {(dict(one.headers)["ce_id"] or b"").decode(): now for one in records}


async def apply(url: str, kafka: list[str], rate: float, count: int, heard: str) -> Moments:
    """orders, as far as its consumer."""
    engine = open_engine(url)
    database = Database(engine, Clock(None), "orders", lambda: None)
    group = Noting(database, Reactions((handlers,)))
    consumer, stopping = Consumer(kafka, "orders", [events.TOPIC], group, database), asyncio.Event()
    running, begun = asyncio.create_task(consumer.run(stopping)), consumer.polled_at
    await until(lambda: consumer.polled_at > begun)
    Path(heard).touch()
    await until(lambda: len(group.applied) >= count or running.done(), count / rate + LATE_S)
    stopping.set()
    await running
    await engine.dispose()
    return group.applied


async def produce(kafka: list[str], rate: float, count: int, heard: str) -> tuple[float, Moments]:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, enable_idempotence=True)
    await producer.start()
    value, sent = events.value(LotListed.type), Moments()

    async def one(_: int) -> None:
        key = str(new_id()).encode()
        sent[key.decode()] = time.time_ns()
        await producer.send_and_wait(events.TOPIC, value, key=key)

    await until(lambda: Path(heard).exists())
    reached = await open_loop(rate, count, one)
    await producer.stop()
    return reached, sent


async def consume(kafka: list[str], rate: float, count: int, heard: str) -> Moments:
    consumer = AIOKafkaConsumer(
        events.TOPIC, bootstrap_servers=kafka, group_id=f"bench.{uuid4().hex}", auto_offset_reset="latest"
    )
    await consumer.start()
    await until(consumer.assignment)
    for part in consumer.assignment():
        await consumer.position(part)  # what is sent from now on is not before "latest"
    Path(heard).touch()
    taken, deadline = Moments(), time.monotonic() + count / rate + LATE_S
    while len(taken) < count and time.monotonic() < deadline:
        some = await consumer.getmany(timeout_ms=POLL_MS)
        now = time.time_ns()
        taken |= {one.key.decode(): now for records in some.values() for one in records}
    await consumer.stop()
    return taken


async def _run(sending: Awaitable[Any], taking: Awaitable[Any]) -> Latencies:
    taken, (rate, sent) = await asyncio.gather(taking, sending)
    in_order = sorted(sent, key=sent.__getitem__)[int(WARM * len(sent)) :]
    waits = sorted((taken[one] - sent[one]) / 1e6 if one in taken else math.inf for one in in_order)
    return Latencies(rate, percentile(waits, 50), percentile(waits, 99))


async def _ours(stage: Stage, urls: tuple[str, str], rate: float, seconds: float) -> Latencies:
    stage.empty_topics()
    for url in urls:
        await events.forget(url)
    told = _told(stage, rate, seconds)
    sending = in_process("bench.latency:commit", url=urls[0], **told)
    return await _run(sending, in_process("bench.latency:apply", url=urls[1], **told))


async def _bare(stage: Stage, rate: float, seconds: float) -> Latencies:
    told = _told(stage, rate, seconds)
    return await _run(
        in_process("bench.latency:produce", **told), in_process("bench.latency:consume", **told)
    )


def _told(stage: Stage, rate: float, seconds: float) -> dict[str, Any]:
    """What both sides are told; `heard` is a file that is there once the one that takes is ready."""
    heard = stage.home.root / "heard"
    heard.unlink(missing_ok=True)
    return {"kafka": list(stage.kafka), "rate": rate, "count": int(rate * seconds), "heard": str(heard)}


async def knee(ours: Callable[[float, float], Awaitable[Latencies]], seconds: float) -> float:
    """The highest rate tried at which all still keep up and p99 is not yet five times that of the lowest."""
    lowest, found = 0.0, float(RATES[0])
    for rate in RATES:
        told = await ours(rate, seconds)
        say(f"latency at {rate}/s: {told}")
        lowest = lowest or told.p99
        if told.rate < KEPT_UP * rate or told.p99 > TURNS_UP * lowest:
            return found
        found = float(rate)
    return found


async def latency(stage: Stage, seconds: float, repeats: int) -> list[Figure]:
    urls = stage.database("catalog", "latency_from"), stage.database("orders", "latency_to")
    ours = partial(_ours, stage, urls)
    top = await knee(ours, seconds / 2)
    figures = []
    for share in SHARES:
        rate = share * top
        samples: dict[str, list[float]] = {name: [] for name in ("p50", "p99", "bare p50", "bare p99")}
        for _ in range(repeats):
            for name, measure in (("", ours), ("bare ", partial(_bare, stage))):
                told = await measure(rate, seconds)
                samples[f"{name}p50"].append(told.p50)
                samples[f"{name}p99"].append(told.p99)
                say(f"{name or 'ours '}at {rate:,.0f}/s: {told}")
        goals = [Goal("p99", "bare p99", GOAL, least=False)] if share == 0.5 else []
        name = f"commit to applied at {share:.0%} of the knee ({top:,.0f}/s)"
        figures.append(Figure(name, "ms", samples, goals))
    return figures
