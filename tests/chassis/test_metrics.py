"""`/metrics`: what a replica has done and how it is, told to whoever asks, also while the database is away."""

from pathlib import Path

import httpx
import yaml

from services.chassis.ids import new_id
from tests.chassis.conftest import alone
from tests.chassis.http.conftest import serve
from tests.chassis.probe.counters import SERVICE as COUNTERS
from tests.chassis.probe.events import Counted
from tests.chassis.processes import Replica
from tests.chassis.scraped import Scraped, scraped
from tests.chassis.taken import DAY, NOON, counted
from tests.chassis.world import World
from tests.harness.service import ServiceUnderTest
from tests.harness.stack import CHECKOUT
from tests.harness.until import until

OF_DATABASE = {
    "lumbung_relay_lag_events",
    "lumbung_outbox_age_seconds",
    "lumbung_parked_events",
    "lumbung_put_off_duties",
}
_AFTER_NAME = ("_bucket", "_count", "_sum", "_created", "_total")


async def test_events_are_timed_by_type_and_counted_and_the_second_of_two_is_dropped(
    mirror: ServiceUnderTest,
) -> None:
    first, second = counted(new_id(), 1, 2)

    await mirror.receives(first, second, first)
    await mirror.receives(second)

    told = await scraped(mirror)
    assert told["lumbung_handler_seconds_count{probe.counted.v1}"] == 2
    assert told["lumbung_duplicates_dropped_total"] == 2
    assert (told["lumbung_group_events_count"], told["lumbung_group_events_sum"]) == (2, 4)


async def test_what_waits_is_parked_or_put_off_is_told(mirror: ServiceUnderTest) -> None:
    await mirror.receives(
        *counted(new_id(), 1, 2), Counted(counter_id=new_id(), amount=-13, total=1, version=1)
    )
    async with mirror.tx() as tx:
        await tx.schedule("ring", new_id(), NOON)
        await tx.schedule("break", new_id(), NOON)
    await mirror.falls_due(NOON + DAY)

    told = await scraped(mirror)

    assert (told["lumbung_parked_events"], told["lumbung_put_off_duties"]) == (1, 1)
    assert told["lumbung_relay_lag_events"] == len(await mirror.emitted()) + 1
    assert told["lumbung_outbox_age_seconds"] > 0
    assert told["lumbung_handler_seconds_count{due ring}"] == 1
    assert told["lumbung_handler_seconds_count{due break}"] == 1


async def test_connections_in_use_are_told_beside_their_limit(mirror: ServiceUnderTest) -> None:
    async with mirror.tx() as tx:
        await tx.now()
        told = await scraped(mirror)

    assert told["lumbung_pool_connections{in_use}"] == 1
    assert told["lumbung_pool_limit"] == 2 * mirror.running.settings.pool_size


async def test_services_of_one_process_count_each_for_itself(
    mirror: ServiceUnderTest, databases: dict[str, str], tmp_path: Path
) -> None:
    async with alone(databases["counters"], COUNTERS, tmp_path) as counters:
        await mirror.receives(*counted(new_id(), 1))

        assert (await scraped(mirror))["lumbung_group_events_count"] == 1
        assert (await scraped(counters))["lumbung_group_events_count"] == 0


async def test_while_the_database_is_away_a_replica_says_so_and_leaves_out_what_only_that_knows(
    tmp_path: Path,
) -> None:
    told = await scraped(serve("postgresql://nobody:x@127.0.0.1:9/none", tmp_path))

    assert (told["lumbung_ready"], told["lumbung_live"]) == (0, 1)
    assert not OF_DATABASE & told.keys()


async def test_lag_is_told_by_topic_and_the_leader_is_known(launched: World, tmp_path: Path) -> None:
    held, waiting = tmp_path / "held", 3
    replica = await launched.start("mirror", "--hold", f"event-handled:{held}").ready()
    await until(lambda: launched.has_taken_all(Counted.topic), what="it has taken all there was")
    held.touch()
    await launched.publish(Counted(counter_id=new_id(), amount=1, total=1, version=1))
    await until(held.with_suffix(".reached").exists, what="a group is in hand")

    await launched.publish(
        *[Counted(counter_id=new_id(), amount=1, total=1, version=1) for _ in range(waiting)]
    )

    told = await until(lambda: lagging(replica, waiting), what="the lag of the topic")
    assert told["lumbung_consumer_lag_events{probe.labels}"] == 0
    held.unlink()
    await until(lambda: lagging(replica, 0), what="nothing lags any more")
    await until(lambda: leads(replica), what="its relay leads")


async def asked(replica: Replica) -> Scraped:
    async with httpx.AsyncClient(timeout=10) as client:
        return Scraped.of(await client.get(f"{replica.url}/metrics"))


async def lagging(replica: Replica, events: int) -> Scraped:
    told = await asked(replica)
    return told if told.get("lumbung_consumer_lag_events{probe.counters}") == events else Scraped()


async def leads(replica: Replica) -> bool:
    return (await asked(replica))["lumbung_relay_leads"] == 1


async def test_every_metric_has_an_alarm_and_a_first_move_in_the_operators_guide(
    mirror: ServiceUnderTest,
) -> None:
    await mirror.receives(*counted(new_id(), 1))
    guide = (CHECKOUT / "docs" / "operations.md").read_text()
    metrics = {family(name) for name in await scraped(mirror)} | {"lumbung_consumer_lag_events"}

    alarms = yaml.safe_load("groups:" + guide.split("```yaml\ngroups:")[1].partition("```")[0])
    expressions = " ".join(rule["expr"] for group in alarms["groups"] for rule in group["rules"])
    names = [rule["alert"] for group in alarms["groups"] for rule in group["rules"]]

    assert [one for one in sorted(metrics) if one not in expressions] == []
    assert [name for name in names if f"### {name}" not in guide] == []


def family(sample: str) -> str:
    name = sample.partition("{")[0]
    for ending in _AFTER_NAME:
        name = name.removesuffix(ending)
    return name
