"""Processes killed at the worst moments: nothing is lost, nothing is done twice, nothing leaves out of order."""

from uuid import UUID

from services.chassis.ids import new_id
from tests.chassis.probe.events import Counted
from tests.chassis.world import World

TIMES = 12


def counted(*keys: UUID, first: int = 1, times: int = TIMES) -> list[Counted]:
    return [
        Counted(counter_id=key, amount=1, total=version, version=version)
        for version in range(first, first + times)
        for key in keys
    ]


async def test_a_consumer_killed_between_database_commit_and_offset_commit_applies_nothing_twice(
    launched: World,
) -> None:
    keys = [new_id(), new_id()]
    await launched.publish(*counted(*keys))
    doomed = launched.start("mirror", "--kill", "group-applied:1")
    await doomed.ended()
    applied = await launched.heard(*keys)

    launched.start("mirror")
    await launched.publish(*counted(*keys, first=TIMES + 1, times=1))

    await launched.hears([(TIMES + 1, TIMES + 1)] * 2, *keys)
    assert any(heard for _, heard in applied)
    await launched.tells("mirror.mirrors", TIMES + 1, *keys)


async def test_a_consumer_killed_before_its_commit_has_done_nothing_and_loses_nothing(
    launched: World,
) -> None:
    keys = [new_id(), new_id()]
    await launched.publish(*counted(*keys))
    doomed = launched.start("mirror", "--kill", "event-handled:7")
    await doomed.ended()
    assert await launched.heard(*keys) == [(0, 0), (0, 0)]

    launched.start("mirror")

    await launched.hears([(TIMES, TIMES)] * 2, *keys)
    await launched.tells("mirror.mirrors", TIMES, *keys)


async def test_a_relay_killed_between_sending_and_its_cursor_loses_and_reorders_nothing(
    launched: World,
) -> None:
    keys = [new_id(), new_id()]
    await launched.count(TIMES, *keys)
    doomed = launched.start("counters", "--kill", "group-sent:1")
    await doomed.ended()
    sent = await launched.tells("probe.counters", TIMES, *keys)

    launched.start("counters")
    await launched.count(1, *keys)

    repeated = await launched.tells("probe.counters", TIMES + 1, *keys)
    assert [len(each) for each in repeated] == [len(each) + TIMES + 1 for each in sent]
