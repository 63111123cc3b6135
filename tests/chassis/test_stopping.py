"""Asked to stop, a service answers what it has begun, sends what it has said, and exits 0."""

import asyncio
from pathlib import Path
from uuid import UUID

from services.chassis.ids import new_id
from tests.chassis.probe.events import Counted
from tests.chassis.processes import Replica
from tests.chassis.world import World
from tests.harness.until import until


async def test_a_request_in_flight_is_answered_and_its_event_sent_before_the_service_exits(
    launched: World, tmp_path: Path
) -> None:
    held, key = tmp_path / "held", new_id()
    replica = await launched.start("counters", "--hold", f"request-done:{held}").ready()
    held.touch()
    asked = asyncio.create_task(launched.add(replica, key))
    await until(held.with_suffix(".reached").exists, what="the request is in flight")

    replica.ask_to_stop()
    await until(lambda: refuses(replica), what="new requests are refused")
    held.unlink()

    assert (await asked).status_code == 201
    assert await replica.ended() == 0
    await launched.tells("probe.counters", 1, key)


async def refuses(replica: Replica) -> bool:
    return (await replica.health("live"))[0] == 0


async def test_a_group_in_flight_is_applied_before_the_service_exits(launched: World, tmp_path: Path) -> None:
    held, key = tmp_path / "held", new_id()
    replica = await with_a_group_in_flight(launched, held, key)

    replica.ask_to_stop()
    held.unlink()

    assert await replica.ended() == 0
    assert await launched.heard(key) == [(4, 1)]
    await launched.tells("mirror.mirrors", 1, key)


async def with_a_group_in_flight(launched: World, held: Path, key: UUID) -> Replica:
    """A mirror that has taken all there was, and stands still in the handler of the counter's next event."""
    replica = launched.start("mirror", "--hold", f"event-handled:{held}")
    await until(lambda: launched.has_taken_all(Counted.topic), what="it has taken all there was")
    held.touch()
    await launched.publish(Counted(counter_id=key, amount=4, total=4, version=1))
    await until(held.with_suffix(".reached").exists, what="the group is in flight")
    return replica


async def test_a_service_that_cannot_finish_ends_all_the_same_and_leaves_nothing_half_done(
    launched: World, tmp_path: Path
) -> None:
    held, key = tmp_path / "held", new_id()
    replica = await with_a_group_in_flight(launched, held, key)

    replica.ask_to_stop()

    assert await replica.ended() == 1
    assert await launched.heard(key) == [(0, 0)]


async def test_a_service_whose_clock_is_off_is_not_ready_and_says_so(launched: World) -> None:
    replica = launched.start("mirror", "--skew", "10")
    await until(lambda: answers_at_all(replica), what="it answers")

    status, told = await replica.health("ready")

    assert status == 503
    assert "clock is 10 s off the database's" in told["because"]
    assert (await replica.health("live"))[0] == 200


async def answers_at_all(replica: Replica) -> bool:
    return (await replica.health("ready"))[0] != 0
