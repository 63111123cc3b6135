"""The stack, the links and the replicas of one run, and how they are brought back to a clean start."""

import asyncio
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg
from aiokafka.admin import AIOKafkaAdminClient

from infra.broker import admin
from infra.clock import set_offset
from infra.home import Home
from infra.keys import signing_key
from infra.migrations import migrate, outdated
from infra.ports import Ports
from infra.services import SERVICES
from infra.topics import described, provision
from tests.faults.ground.forked import ForkedPart, Nursery
from tests.faults.ground.links import Link, open_links
from tests.faults.ground.replicas import Replica, keep, signal_all
from tests.faults.ground.stack import FaultStack
from tests.faults.timeline import Timeline
from tests.harness.empty import empty
from tests.harness.until import until

PARTITIONS = 4
READY_S = 120
STOP_S = 20


@dataclass
class Ground:
    """Start it, add replicas, stop it. `linked` puts a link before PostgreSQL and each broker."""

    home: Home
    timeline: Timeline
    brokers: int = 1
    linked: bool = False
    replicas: list[Replica] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _keeping: asyncio.Task[None] | None = None
    _nursery: Nursery | None = None

    def __post_init__(self) -> None:
        self.stack = FaultStack(self.home.make(), self.brokers, small_disk=self.linked)
        self.key = signing_key(self.home)

    async def start(self) -> None:
        """PostgreSQL, brokers, links; empty databases and topics."""
        self.stack.start()
        late = outdated(self.home, self.stack)
        await asyncio.to_thread(migrate, self.home, self.stack, late)
        self._nursery = Nursery(
            self.home.log("nursery")
        )  # from the main thread: it ends with the one that made it
        self.links = await open_links(self.stack.links) if self.linked else {}
        await self.clean()

    async def clean(self) -> None:
        """No rows, no records, and the true time."""
        set_offset(self.home.clock, 0)
        for service in SERVICES:
            with psycopg.connect(self.stack.dsn(service), autocommit=True) as connection:
                empty(connection)
        async with admin(self.stack.kafka) as client:
            left = {topic.name for topic in described()} & set(await client.list_topics())
            await client.delete_topics(sorted(left))
            await until(lambda: _gone(client, left), READY_S, "old topics are deleted")
        await asyncio.to_thread(provision, self.stack.kafka, described(PARTITIONS))

    async def run(self, wanted: Mapping[str, int], arming: Mapping[str, list[str]] | None = None) -> None:
        """So many replicas of each service, and a keeper; all ready."""
        self._over = asyncio.Event()
        for service, count in wanted.items():
            for number in range(1, count + 1):
                self.add(service, number, (arming or {}).get(service, []))
        await self.all_ready()
        self._keeping = asyncio.create_task(keep(self.replicas, self.timeline, self._over))

    def add(self, service: str, number: int, arming: list[str]) -> Replica:
        name = f"{service}.{number}"
        ports = Ports(self.home.root / "ports.json")
        port = ports.renew_if_taken(name)
        armed = [*arming, "--seed", name]
        part = ForkedPart(
            name=name,
            address=f"127.0.0.1:{port}",
            command=list,
            log=self.home.log(name),
            answers=lambda: True,
            env=self._environment(service) | {"LUMBUNG_HTTP_PORT": str(port)},
            nursery=self._nursery,
            arguments=[service, *armed],
        )
        added = Replica(service, part, arming=armed)
        part.spawn()
        self.replicas.append(added)
        return added

    def _environment(self, service: str) -> dict[str, str]:
        stack = self.stack
        return {
            "LUMBUNG_DATABASE_URL": stack.linked_dsn(service) if self.links else stack.dsn(service),
            "LUMBUNG_KAFKA": ",".join(stack.linked_kafka if self.links else stack.kafka),
            "LUMBUNG_KEYS": str(self.home.key_set),
            "LUMBUNG_STACK": stack.kind,
            "LUMBUNG_CLOCK": str(self.home.clock),
            "LUMBUNG_HTTP_HOST": "127.0.0.1",
            "LUMBUNG_REQUESTS_PER_MINUTE": "1000000",
            "PYTHONUNBUFFERED": "1",
        }

    def of(self, service: str) -> list[Replica]:
        return [one for one in self.replicas if one.service == service]

    def named(self, name: str) -> Replica:
        return next(one for one in self.replicas if one.name == name)

    def urls(self, service: str) -> list[str]:
        return [one.url for one in self.of(service)]

    async def all_ready(self, within: float = READY_S) -> None:
        """Every wanted replica says so itself."""
        deadline = time.monotonic() + within
        waiting = [one for one in self.replicas if one.wanted]
        while waiting := [one for one in waiting if not await one.says("ready")]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready within {within} s: {[one.name for one in waiting]}")
            await asyncio.sleep(0.2)

    async def end_replicas(self) -> None:
        """Ask all to stop, kill what does not."""
        self._over.set()
        if self._keeping is not None:
            await self._keeping
            self._keeping = None
        for one in self.replicas:
            signal_all(one.part, signal.SIGCONT)
            one.part.ask_to_stop()
        for one in self.replicas:
            await asyncio.to_thread(one.part.stop, STOP_S)
        self.replicas.clear()

    async def stop(self) -> None:
        await self.end_replicas()
        for link in self.links.values():
            await link.close()
        if self._nursery is not None:
            self._nursery.close()
        await asyncio.to_thread(self.stack.stop)


async def _gone(client: AIOKafkaAdminClient, topics: set[str]) -> bool:
    return not topics & set(await client.list_topics())
