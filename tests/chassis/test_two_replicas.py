"""Two replicas of a service: one is stopped or killed under load, the other goes on, and clients go to it."""

import signal
from pathlib import Path

import pytest

from demo.world import World as Demo
from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.chassis.tokens import SigningKey
from tests.chassis.processes import Replica
from tests.chassis.test_relay import leader_and_standby, leads
from tests.chassis.traffic import Traffic, traffic
from tests.chassis.world import World
from tests.harness.until import until

CLIENTS = 8
MANY = 80
PATIENCE_S = 60


async def more_is_granted(load: Traffic) -> None:
    wanted = sum(load.granted.values()) + MANY
    await until(lambda: sum(load.granted.values()) >= wanted, PATIENCE_S, "more is granted")


async def is_there_once(launched: World, load: Traffic) -> None:
    """Everything granted left in order, and reached the mirrors once."""
    for key, times in load.granted.items():
        await launched.tells("probe.counters", times, key, within=PATIENCE_S)
    keys = list(load.granted)
    expected = [(load.granted[key], load.granted[key]) for key in keys]
    await launched.hears(expected, *keys, within=PATIENCE_S)


@pytest.fixture
async def mirrors(launched: World) -> tuple[Replica, Replica]:
    return await launched.start("mirror").ready(), await launched.start("mirror").ready()


async def test_a_replica_stopped_under_load_answers_what_it_has_done_and_clients_go_on_at_the_next(
    launched: World, mirrors: tuple[Replica, Replica]
) -> None:
    stopped, other = await leader_and_standby(launched)

    with traffic(stopped.url, other.url, clients=CLIENTS) as load:
        await more_is_granted(load)
        for replica in (stopped, mirrors[0]):
            replica.ask_to_stop()
        codes = [await replica.ended() for replica in (stopped, mirrors[0])]
        await more_is_granted(load)

    assert codes == [0, 0]
    assert load.replayed == 0
    await until(lambda: leads(other), what="the other replica carries the outbox")
    await is_there_once(launched, load)


async def test_the_demos_client_asks_the_next_address_where_one_refuses_or_is_stopping(
    launched: World, tmp_path: Path
) -> None:
    gone, other = await launched.start("counters").ready(), await launched.start("counters").ready()
    addresses = {"counters": [gone.url, other.url]}
    world = Demo(addresses, SigningKey.new(), tmp_path / "clock", launched.kafka)
    path, caller = f"/counters/{new_id()}/additions", Caller(new_id(), "buyer")

    before = await world.tell(caller, "counters", path, {"amount": 1})
    gone.ask_to_stop()
    during = [(await world.tell(caller, "counters", path, {"amount": 1}))["total"] for _ in range(20)]
    assert await gone.ended() == 0
    after = await world.tell(caller, "counters", path, {"amount": 1})
    await world.close()

    assert (before["total"], during, after["total"]) == (1, list(range(2, 22)), 22)


async def test_a_replica_killed_under_load_loses_nothing_and_the_other_carries_the_outbox(
    launched: World, mirrors: tuple[Replica, Replica]
) -> None:
    killed, other = await leader_and_standby(launched)

    with traffic(killed.url, other.url, clients=CLIENTS) as load:
        await more_is_granted(load)
        for replica in (killed, mirrors[0]):
            replica.kill()
        await more_is_granted(load)

    assert killed.process.returncode == -signal.SIGKILL
    await until(lambda: leads(other), what="the other replica carries the outbox")
    await is_there_once(launched, load)
