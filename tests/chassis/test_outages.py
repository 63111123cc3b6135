"""PostgreSQL or Kafka gone and back again, under traffic: what was granted stays, and is told once."""

from dataclasses import dataclass
from functools import partial

import pytest

from infra.stack.part import Part
from infra.stack.starting import start_all
from tests.chassis.processes import Replica
from tests.chassis.traffic import Traffic, traffic
from tests.chassis.world import World
from tests.harness.until import until

CLIENTS = 4
BEFORE, AFTER = 10, 10


@dataclass
class Pair:
    """Both services running, and the parts under them."""

    world: World
    counters: Replica
    mirror: Replica

    def part(self, name: str) -> Part:
        [found] = [part for part in self.world.stack.parts if part.name == name]
        return found

    def starts_again(self, part: Part) -> None:
        start_all([part], spawned=self.world.stack.remember)

    async def flows(self, running: Traffic, more: int) -> None:
        """Wait until every client was granted that many more additions."""
        wanted = {key: running.granted[key] + more for key in running.counters}
        await until(
            lambda: all(running.granted[key] >= least for key, least in wanted.items()), 40, "traffic flows"
        )

    async def holds(self, running: Traffic) -> None:
        """All that was granted is in the database, on the topic in order, and heard by the mirror: once."""
        for key, granted in running.granted.items():
            await self.world.tells("probe.counters", granted, key)
        expected = [(granted, granted) for granted in running.granted.values()]
        await self.world.hears(expected, *running.granted)


@pytest.fixture
async def pair(launched: World) -> Pair:
    counters, mirror = launched.start("counters"), launched.start("mirror")
    return Pair(launched, await counters.ready(), await mirror.ready())


async def test_postgresql_killed_under_traffic_loses_nothing_that_was_granted(pair: Pair) -> None:
    postgres = pair.part("postgres")

    with traffic(pair.counters.url, clients=CLIENTS) as running:
        await pair.flows(running, BEFORE)
        postgres.kill()
        await until(lambda: says(pair.counters, "database"), what="health says what it waits for")
        assert (await pair.counters.health("live"))[0] == 200
        assert (await pair.mirror.health("live"))[0] == 200
        pair.starts_again(postgres)
        await pair.flows(running, AFTER)

    await pair.counters.ready()
    await pair.mirror.ready()
    assert running.failures > 0
    await pair.holds(running)


async def test_kafka_killed_under_traffic_loses_nothing_and_stops_no_request(pair: Pair) -> None:
    kafka = pair.part("kafka")

    with traffic(pair.counters.url, clients=CLIENTS) as running:
        await pair.flows(running, BEFORE)
        kafka.kill()
        await pair.flows(running, AFTER)
        for replica in (pair.counters, pair.mirror):
            await until(partial(says, replica, "Kafka"), what="health says what it waits for")
            assert (await replica.health("live"))[0] == 200
        pair.starts_again(kafka)
        await pair.flows(running, AFTER)

    await pair.counters.ready()
    await pair.mirror.ready()
    assert running.failures == 0
    await pair.holds(running)


async def says(replica: Replica, dependency: str) -> bool:
    """Whether it is not ready, and because of this dependency."""
    status, told = await replica.health("ready")
    return status == 503 and any(dependency in reason for reason in told["because"])
