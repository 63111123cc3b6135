"""A duty that ends what others may still say waits until all they said before its time is taken in."""

from datetime import timedelta
from uuid import UUID

from aiokafka import TopicPartition

from services.chassis.due import Sweep
from services.chassis.ids import new_id
from services.chassis.positions import Bounds
from tests.chassis.probe.events import Counted
from tests.chassis.probe.services import MIRROR
from tests.chassis.taken import DAY, NOON, rung, scheduled
from tests.harness.service import ServiceUnderTest


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
    return Sweep(mirror.running.database, MIRROR.reactions, topic.ends, mirror.running.steps)


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


async def test_what_another_replica_has_done_is_not_remembered(mirror: ServiceUnderTest) -> None:
    here, there = sweep(mirror, Topic(end=4)), sweep(mirror, Topic(end=0))
    await scheduled(mirror, "settle", NOON)
    await scheduled(mirror, "settle", NOON + DAY)
    mirror.moves_to(NOON + timedelta(hours=1))
    assert (await here.once(), await there.once()) == (0, 1)

    mirror.moves_to(NOON + 2 * DAY)
    await here.once()

    assert len(here._hearing._ended) == 1


async def test_a_topic_that_never_held_anything_holds_nothing_back(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "settle", NOON)
    mirror.moves_to(NOON + DAY)

    assert await sweep(mirror, Topic(end=0)).once() == 1
