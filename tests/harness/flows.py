"""All four services on real PostgreSQL and real Kafka, serving HTTP on loopback, as one world to play in."""

import asyncio
import contextlib
import importlib
import os
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from alembic import command
from fastapi import FastAPI
from sqlalchemy import func, select, text

from demo.world import World
from infra.broker import admin
from infra.services import SERVICES
from infra.stack import Stack
from infra.topics import described, provision
from services.chassis import positions
from services.chassis.running import Running
from services.chassis.service import Service, build
from services.chassis.tables import due
from services.chassis.tokens import SigningKey, write_key_set
from services.migrate import config
from tests.harness.serving import served
from tests.harness.until import until

Ends = dict[TopicPartition, int]

PARTITIONS = 2
STILL = 2
_UNCARRIED = text(
    "SELECT count(*) FROM outbox WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay WHERE relay.id = 1)"
)


@dataclass(slots=True)
class Villages:
    """The four running services, and the world the story plays in."""

    world: World
    running: Mapping[str, Running]
    urls: Mapping[str, str]
    watcher: AIOKafkaConsumer

    def subscriptions(self) -> list[tuple[str, str]]:
        """Every (service, topic) that is consumed."""
        pairs = [(name, topic) for name, one in self.running.items() for topic in self._topics(one)]
        return sorted(pairs)

    def _topics(self, running: Running) -> frozenset[str]:
        return running.reactions.topics

    @asynccontextmanager
    async def stopped(self, service: str, topic: str) -> AsyncIterator[None]:
        """Within the block this service takes nothing from this topic."""
        kafka: Any = self._kafka(service)
        parts = [part for part in kafka.assignment() if part.topic == topic]
        kafka.pause(*parts)
        try:
            yield
        finally:
            kafka.resume(*parts)

    def _kafka(self, service: str) -> Any:
        consumer = self.running[service].consumer
        assert consumer is not None
        return consumer._kafka

    async def waiting(self, service: str, topic: str) -> bool:
        """Whether events of this topic wait for this service."""
        return not await _consumed(self.running[service], {topic}, await self._ends())

    async def quiet(self, but: tuple[str, str] | None = None) -> None:
        """Wait until nothing is under way any more: all carried, all consumed (`but` one subscription)."""
        still = 0
        async with asyncio.timeout(120):
            while still < STILL:
                still = still + 1 if await self._at_rest(but) else 0
                await asyncio.sleep(0.1)

    async def _at_rest(self, but: tuple[str, str] | None) -> bool:
        if not all([await _done(running) for running in self.running.values()]):
            return False
        ends = await self._ends()
        for name, running in self.running.items():
            topics = running.reactions.topics - ({but[1]} if but and but[0] == name else set())
            if not await _consumed(running, topics, ends):
                return False
        return True

    async def _ends(self) -> Ends:
        ends: Ends = await self.watcher.end_offsets(
            [
                TopicPartition(topic, part)
                for topic in {topic for _, topic in self.subscriptions()}
                for part in range(PARTITIONS)
            ]
        )
        return ends


async def _done(running: Running) -> bool:
    """Whether nothing is due, and everything emitted is on its topic."""
    async with running.transaction() as tx:
        overdue = await tx.scalar(select(func.count()).select_from(due).where(due.c.at <= await tx.now()))
        return bool(overdue == 0 and await tx.scalar(_UNCARRIED) == 0)


async def _consumed(running: Running, topics: Collection[str], ends: Ends) -> bool:
    async with running.transaction() as tx:
        reached = await positions.reached(tx)
    return all(reached.get(part, 0) >= end for part, end in ends.items() if part.topic in topics)


@asynccontextmanager
async def villages(stack: Stack, folder: Path, **more: object) -> AsyncIterator[Villages]:
    """Start all services on empty databases; `more` are further settings, taken by those that know them."""
    await _new_topics(stack)
    key = SigningKey.new()
    write_key_set(folder / "keys.json", [key])
    async with contextlib.AsyncExitStack() as stacked:
        apps = {name: _app(stack, name, folder, more) for name in SERVICES}
        urls = {name: await stacked.enter_async_context(served(app)) for name, app in apps.items()}
        world = World({name: [url] for name, url in urls.items()}, key, folder / "clock", stack.kafka)
        watcher = AIOKafkaConsumer(bootstrap_servers=list(stack.kafka))
        started = Villages(world, {name: app.state.running for name, app in apps.items()}, urls, watcher)
        try:
            await watcher.start()
            await until(lambda: _all_assigned(started), what="every topic assigned")
            yield started
        finally:
            await watcher.stop()
            await world.close()


async def _new_topics(stack: Stack) -> None:
    """Empty topics beside empty databases: what an earlier session left would never be consumed."""
    topics = described(PARTITIONS)
    async with admin(stack.kafka) as client:
        left = {topic.name for topic in topics} & set(await client.list_topics())
        await client.delete_topics(sorted(left))
        await until(lambda: _gone(client, left), what="old topics are deleted")
    await asyncio.to_thread(provision, stack.kafka, topics)


async def _gone(client: AIOKafkaAdminClient, topics: set[str]) -> bool:
    return not topics & set(await client.list_topics())


def _all_assigned(started: Villages) -> bool:
    assigned = {name: started._kafka(name) for name in started.running}
    if not all(assigned.values()):
        return False
    taken = {(name, part.topic) for name, kafka in assigned.items() for part in kafka.assignment()}
    return taken >= set(started.subscriptions())


def _app(stack: Stack, name: str, folder: Path, more: Mapping[str, object]) -> FastAPI:
    service: Service = importlib.import_module(f"services.{name}.app").SERVICE
    settings = {
        "database_url": _fresh(stack, name),
        "kafka": ",".join(stack.kafka),
        "keys": folder / "keys.json",
        "clock": folder / "clock",
        "stack": "embedded",
        "requests_per_minute": 1_000_000,
    }
    known = {key: value for key, value in more.items() if key in service.settings.model_fields}
    return build(service, service.settings.model_validate(settings | known))


def _fresh(stack: Stack, service: str) -> str:
    url = stack.add_database(f"flow_{service}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    os.environ["LUMBUNG_DATABASE_URL"] = url
    command.upgrade(config(service), "head")
    return url
