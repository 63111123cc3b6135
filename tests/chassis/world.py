"""The probe services as processes: what tests ask of them, of their databases and of their topics."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import psycopg
from sqlalchemy import Executable, delete, select

from infra.clock import set_offset
from infra.stack import Stack
from services.chassis.clock import Clock
from services.chassis.database import Database, open_engine
from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.tables import positions
from services.chassis.tx import Tx
from tests.chassis import broker
from tests.chassis.broker import Told, first_appearances
from tests.chassis.probe.counters import counter_of
from tests.chassis.probe.mirror import mirrors
from tests.chassis.probe.services import emptied
from tests.chassis.processes import Processes, Replica
from tests.harness.until import until


@dataclass
class World:
    """One pair of databases and one set of topics, and whatever processes a test starts on them."""

    stack: Stack
    processes: Processes

    @property
    def kafka(self) -> tuple[str, ...]:
        return self.stack.kafka

    def start(self, service: str, *arming: str, **settings: str) -> Replica:
        return self.processes.start(service, *arming, **settings)

    def moves_on(self, seconds: float) -> None:
        """Set the judged clock so far ahead of the real one."""
        set_offset(self.processes.folder / "clock", seconds)

    @asynccontextmanager
    async def database(self, service: str) -> AsyncIterator[Database]:
        """The service's database, to arrange and to look."""
        engine = open_engine(self.processes.databases[service], pool_size=2)
        try:
            yield Database(engine, Clock(self.processes.folder / "clock"), service, lambda: None)
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def tx(self, service: str) -> AsyncIterator[Tx]:
        """One transaction on it."""
        async with self.database(service) as database, database.transaction() as tx:
            yield tx

    async def ask(self, service: str, question: Executable) -> list[tuple[Any, ...]]:
        async with self.tx(service) as tx:
            return [tuple(row) for row in await tx.execute(question)]

    async def count(self, times: int, *keys: UUID) -> None:
        """Add 1 to each of the counters so often, straight into the database, a transaction each."""
        async with self.database("counters") as database:
            for key in list(keys) * times:
                async with database.transaction() as tx:
                    await tx.lock(key)
                    emit(tx, (await counter_of(tx, key)).add(1))

    async def loses(self, topic: str) -> None:
        """Remove what the topic holds, and let `mirror` accept that it has not read all of it."""
        await broker.empty(self.kafka, topic)
        async with self.tx("mirror") as tx:
            await tx.execute(delete(positions).where(positions.c.topic == topic))

    async def begins_anew(self) -> None:
        """Topics that begin at offset 0, and empty databases."""
        await broker.delete(self.kafka)
        await asyncio.to_thread(broker.make_topics, self.kafka)
        for url in self.processes.databases.values():
            with psycopg.connect(url, autocommit=True) as connection:
                emptied(connection)

    async def publish(self, *events: Event) -> None:
        await broker.publish(self.kafka, [broker.record(event) for event in events])

    async def heard(self, *keys: UUID) -> list[tuple[int, int]]:
        """Total and number of events taken by the mirrors of these counters; zeros where there is none."""
        found = await self.ask(
            "mirror", select(mirrors.c.id, mirrors.c.total, mirrors.c.heard).where(mirrors.c.id.in_(keys))
        )
        known = {key: (total, heard) for key, total, heard in found}
        return [known.get(key, (0, 0)) for key in keys]

    async def hears(self, expected: Sequence[tuple[int, int]], *keys: UUID, within: float = 60) -> None:
        """Wait until the mirrors have heard exactly this; more than this fails."""

        async def all_of_it() -> bool:
            now = await self.heard(*keys)
            assert all(seen <= want for seen, want in zip(now, expected, strict=True)), now
            return now == list(expected)

        await until(all_of_it, within, f"the mirrors heard {expected}")

    async def has_taken_all(self, topic: str) -> bool:
        """Whether `mirror` has read the topic to its end as of now."""
        known = select(positions.c.partition, positions.c.next_offset).where(positions.c.topic == topic)
        ends = await broker.ends(self.kafka, topic)
        return set(ends.items()) == set(await self.ask("mirror", known))

    async def told(self, topic: str, *keys: UUID) -> list[list[Told]]:
        found = await broker.told(self.kafka, topic, keys)
        return [found[key] for key in keys]

    async def tells(self, topic: str, versions: int, *keys: UUID, within: float = 60) -> list[list[Told]]:
        """Wait until the topic holds that many versions of each aggregate; they must first appear in order."""
        wanted = list(range(1, versions + 1))

        async def all_of_them() -> list[list[Told]]:
            now = await self.told(topic, *keys)
            orders = [first_appearances(each) for each in now]
            assert all(order == wanted[: len(order)] for order in orders), orders
            return now if all(order == wanted for order in orders) else []

        return await until(all_of_them, within, f"{topic} holds {versions} versions of each")

    async def add(
        self, replica: Replica, counter_id: UUID, amount: int = 1, key: str = "", **more: str
    ) -> httpx.Response:
        """One addition over HTTP; `more` are headers."""
        async with httpx.AsyncClient(base_url=replica.url, timeout=30) as client:
            headers = {"Idempotency-Key": key or str(new_id()), **more}
            return await client.post(
                f"/counters/{counter_id}/additions", json={"amount": amount}, headers=headers
            )

    async def add_many(self, replicas: Iterable[Replica], keys: Iterable[UUID], times: int) -> None:
        """Concurrent additions of 1, by all replicas to all counters, each granted at once."""
        wanted = [self.add(one, key) for _ in range(times) for one in replicas for key in keys]
        answers = await asyncio.gather(*wanted)
        assert {answer.status_code for answer in answers} == {201}
