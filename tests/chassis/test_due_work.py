"""Work that falls due: once, in order, also after an outage; put off where it fails."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from aiokafka import TopicPartition
from sqlalchemy import func, select, update

from services.chassis import due as chassis_due
from services.chassis.due import Sweep
from services.chassis.ids import new_id
from services.chassis.positions import Bounds
from services.chassis.tables import due
from tests.chassis.conftest import alone
from tests.chassis.probe.events import Counted
from tests.chassis.probe.services import MIRROR
from tests.harness.service import ServiceUnderTest

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def replica(
    mirror: ServiceUnderTest, databases: dict[str, str], tmp_path: Path
) -> AsyncIterator[ServiceUnderTest]:
    """A second replica of `mirror`, on the same database and clock."""
    async with alone(databases["mirror"], MIRROR, tmp_path) as second:
        yield second


async def scheduled(mirror: ServiceUnderTest, kind: str, at: datetime, key: UUID | None = None) -> UUID:
    key = key or new_id()
    async with mirror.tx() as tx:
        await tx.schedule(kind, key, at)
    return key


async def waiting(mirror: ServiceUnderTest) -> int:
    async with mirror.tx() as tx:
        return int(await tx.scalar(select(func.count()).select_from(due)))


async def rung(mirror: ServiceUnderTest) -> list[str]:
    return [event["counter_id"] for event in await mirror.events("mirror.rung.v1")]


async def test_nothing_is_done_before_its_time(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "ring", NOON)

    assert await mirror.falls_due(NOON - timedelta(minutes=1)) == 0
    assert await mirror.falls_due(NOON + timedelta(minutes=1)) == 1
    assert await mirror.falls_due(NOON + DAY) == 0
    assert len(await rung(mirror)) == 1


async def test_what_fell_due_during_days_of_outage_is_done_once_and_in_order(
    mirror: ServiceUnderTest,
) -> None:
    keys = [await scheduled(mirror, "ring", NOON + day * DAY) for day in (3, 1, 2, 0)]

    await mirror.falls_due(NOON + 9 * DAY)

    assert await rung(mirror) == [str(keys[place]) for place in (3, 1, 2, 0)]
    assert await waiting(mirror) == 0


async def test_two_replicas_do_due_work_once_and_in_order(
    mirror: ServiceUnderTest, replica: ServiceUnderTest
) -> None:
    keys = [await scheduled(mirror, "ring", NOON + timedelta(minutes=minute)) for minute in range(40)]
    mirror.moves_to(NOON + DAY)

    done = await asyncio.gather(*[one.running.sweep.once() for one in (mirror, replica, mirror, replica)])

    assert sum(done) == len(keys)
    assert await rung(mirror) == list(map(str, keys))


async def test_due_work_scheduled_again_moves_and_unscheduled_never_happens(mirror: ServiceUnderTest) -> None:
    moved, ended = await scheduled(mirror, "ring", NOON), await scheduled(mirror, "ring", NOON)
    async with mirror.tx() as tx:
        await tx.schedule("ring", moved, NOON + DAY)
        await tx.unschedule("ring", ended)

    assert await mirror.falls_due(NOON + timedelta(hours=1)) == 0
    assert await mirror.falls_due(NOON + 2 * DAY) == 1
    assert await rung(mirror) == [str(moved)]


async def test_a_failing_duty_is_put_off_and_blocks_nothing_but_its_key(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chassis_due, "AT_ONCE", 2)
    broken = [await scheduled(mirror, "break", NOON + timedelta(seconds=second)) for second in range(5)]
    await scheduled(mirror, "ring", NOON + timedelta(minutes=1), key=broken[0])
    well = await scheduled(mirror, "ring", NOON + timedelta(minutes=2))

    await mirror.falls_due(NOON + DAY)

    assert await rung(mirror) == [str(well)]
    assert await waiting(mirror) == len(broken) + 1
    async with mirror.tx() as tx:
        assert set(await tx.scalars(select(due.c.attempts).where(due.c.kind == "break"))) == {1}


async def test_a_duty_that_failed_thousands_of_times_is_still_put_off(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "break", NOON)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(attempts=5_000))

    await mirror.falls_due(NOON + DAY)

    async with mirror.tx() as tx:
        row = (await tx.execute(select(due.c.attempts, due.c.not_before > func.clock_timestamp()))).one()
    assert tuple(row) == (5_001, True)


async def test_a_duty_is_done_again_once_its_pause_is_over(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "break", NOON)
    await mirror.falls_due(NOON + DAY)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(kind="ring", not_before=func.clock_timestamp()))

    assert await mirror.falls_due() == 1


class Topic:
    """Where `probe.counters` ends, as Kafka would tell it."""

    def __init__(self, end: int) -> None:
        self.end = end
        self.away = False

    async def ends(self, _: object) -> Bounds:
        if self.away:
            raise ConnectionError("the broker is down")
        return {TopicPartition("probe.counters", 0): (0, self.end)}


def sweep(mirror: ServiceUnderTest, topic: Topic) -> Sweep:
    return Sweep(mirror.running.database, MIRROR.reactions, topic.ends)


async def hears(mirror: ServiceUnderTest, counter_id: UUID, versions: range) -> None:
    await mirror.receives(
        *[Counted(counter_id=counter_id, amount=1, total=1, version=one) for one in versions]
    )


async def test_a_duty_that_hears_waits_until_all_said_before_it_fell_due_is_taken_in(
    mirror: ServiceUnderTest,
) -> None:
    counter_id, topic = new_id(), Topic(end=4)
    sweeps = sweep(mirror, topic)
    await scheduled(mirror, "settle", NOON, key=counter_id)
    mirror.moves_to(NOON + DAY)

    await hears(mirror, counter_id, range(1, 3))
    assert await sweeps.once() == 0
    topic.end = 10
    await hears(mirror, counter_id, range(3, 4))

    assert await sweeps.once() == 1
    [settled] = await mirror.events("mirror.settled.v1")
    assert settled["total"] == 3


async def test_what_waits_to_hear_holds_back_later_work_of_its_key_only(mirror: ServiceUnderTest) -> None:
    key, topic = new_id(), Topic(end=4)
    sweeps = sweep(mirror, topic)
    await scheduled(mirror, "settle", NOON, key=key)
    await scheduled(mirror, "ring", NOON + timedelta(minutes=1), key=key)
    other = await scheduled(mirror, "ring", NOON + timedelta(minutes=2))
    mirror.moves_to(NOON + DAY)

    assert await sweeps.once() == 1
    assert await rung(mirror) == [str(other)]
    await hears(mirror, new_id(), range(1, 5))
    assert await sweeps.once() == 2
    assert (await mirror.emitted())[-2:] == ["mirror.settled.v1", "mirror.rung.v1"]


async def test_while_kafka_is_away_only_what_hears_waits(mirror: ServiceUnderTest) -> None:
    topic = Topic(end=0)
    topic.away = True
    await scheduled(mirror, "settle", NOON)
    await scheduled(mirror, "ring", NOON)
    mirror.moves_to(NOON + DAY)

    assert await sweep(mirror, topic).once() == 1
    assert await mirror.emitted() == ["mirror.rung.v1"]


async def test_a_topic_that_never_held_anything_holds_nothing_back(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "settle", NOON)
    mirror.moves_to(NOON + DAY)

    assert await sweep(mirror, Topic(end=0)).once() == 1
