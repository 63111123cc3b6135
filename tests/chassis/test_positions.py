"""A service whose unread events Kafka no longer holds does not start, and says what to do."""

from collections.abc import Awaitable, Callable

import pytest
from aiokafka import TopicPartition
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.chassis import positions
from services.chassis.ids import new_id
from services.chassis.positions import Bounds, EventsGone
from services.chassis.tables import inbox
from services.chassis.tables import positions as stored_positions
from tests.chassis import broker
from tests.chassis.probe.events import Labelled
from tests.chassis.probe.mirror import labels
from tests.chassis.world import World
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

PART = TopicPartition("probe.counters", 0)


async def has_read(mirror: ServiceUnderTest, up_to: int) -> None:
    row = {"topic": PART.topic, "partition": PART.partition, "next_offset": up_to}
    async with mirror.tx() as tx:
        await tx.execute(insert(stored_positions).values(row))


async def stored(mirror: ServiceUnderTest) -> list[int]:
    async with mirror.tx() as tx:
        return list(await tx.scalars(select(stored_positions.c.next_offset)))


def ends(bounds: tuple[int, int]) -> Callable[[], Awaitable[Bounds]]:
    async def told() -> Bounds:
        return {PART: bounds}

    return told


async def test_what_another_replica_reads_while_the_topics_are_asked_is_not_gone(
    mirror: ServiceUnderTest,
) -> None:
    async def overtaken() -> Bounds:
        await has_read(mirror, 7)
        return {PART: (0, 5)}

    await positions.check(mirror.running.database, overtaken)


@pytest.mark.parametrize("bounds", [(0, 10), (5, 10), (0, 5)])
async def test_a_topic_that_still_holds_all_that_is_unread_is_taken_on(
    mirror: ServiceUnderTest, bounds: tuple[int, int]
) -> None:
    await has_read(mirror, 5)

    await positions.check(mirror.running.database, ends(bounds))

    assert await stored(mirror) == [5]


@pytest.mark.parametrize(
    ("bounds", "advice"),
    [((6, 10), "UPDATE positions SET next_offset = 6"), ((0, 4), "DELETE FROM positions")],
)
async def test_a_topic_that_does_not_hold_all_that_is_unread_is_refused_with_what_to_do(
    mirror: ServiceUnderTest, bounds: tuple[int, int], advice: str
) -> None:
    await has_read(mirror, 5)

    with pytest.raises(EventsGone, match=advice):
        await positions.check(mirror.running.database, ends(bounds))


async def test_the_beginning_of_a_partition_never_read_before_is_noted(mirror: ServiceUnderTest) -> None:
    await positions.check(mirror.running.database, ends((3, 9)))

    assert await stored(mirror) == [3]
    with pytest.raises(EventsGone):
        await positions.check(mirror.running.database, ends((4, 9)))


async def test_a_service_that_missed_events_ends_with_1_and_says_what_to_do(launched: World) -> None:
    await launched.start("mirror").ready()
    launched.processes.end_all()
    await launched.publish(*[Labelled(label_id=new_id(), text="x", version=1) for _ in range(20)])
    await broker.empty(launched.kafka, Labelled.topic)

    late = launched.start("mirror")

    assert await late.ended() == 1
    assert "was removed from Kafka before it was read" in late.log.read_text()
    await launched.loses(Labelled.topic)
    await launched.start("mirror").ready()


async def test_a_database_restored_from_a_backup_takes_again_what_it_lost(launched: World) -> None:
    launched.start("mirror")
    backup = await until(lambda: launched.ask("mirror", select(stored_positions)), what="positions")
    await launched.publish(Labelled(label_id=new_id(), text="x", version=1))
    await until(lambda: launched.ask("mirror", select(labels)), what="taken")
    await until(lambda: launched.has_taken_all(Labelled.topic), what="all taken")
    launched.processes.end_all()
    async with launched.tx("mirror") as tx:
        await tx.execute(delete(labels))
        await tx.execute(delete(inbox))
        await tx.execute(delete(stored_positions))
        await tx.execute(insert(stored_positions).values([*map(tuple, backup)]))

    launched.start("mirror")

    await until(lambda: launched.ask("mirror", select(labels)), what="taken again")
