"""The relay: events leave in the order of commitment, and one replica leads whatever happens to it."""

import asyncio
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy import select, text

from services.chassis.ids import new_id
from services.chassis.leader import BEAT_S, ENDS_S, SILENCE_S, Seat
from services.chassis.outbox import emit
from services.chassis.relay import STANDBY_S, Relay
from services.chassis.tables import relay
from tests.chassis.probe.counters import counter_of
from tests.chassis.processes import Replica
from tests.chassis.world import World
from tests.harness.until import until

HAND_OVER_S = 5


async def leads(replica: Replica) -> bool:
    return bool((await replica.health("ready"))[1].get("leads"))


async def leader_and_standby(launched: World, *arming: str) -> tuple[Replica, Replica]:
    """Two replicas of `counters`; the one with the arming leads."""
    first = await launched.start("counters", *arming).ready()
    await until(lambda: leads(first), what="the first replica leads")
    return first, await launched.start("counters").ready()


async def cursor(launched: World) -> tuple[object, ...]:
    [where] = await launched.ask("counters", select(text("xid::text, last_id")).select_from(relay))
    return where


async def test_what_concurrent_writers_on_two_replicas_emit_leaves_in_order_per_aggregate(
    launched: World,
) -> None:
    replicas = await leader_and_standby(launched)
    keys = [new_id() for _ in range(4)]

    await launched.add_many(replicas, keys, times=20)

    await launched.tells("probe.counters", 40, *keys)


async def test_an_event_whose_transaction_commits_after_later_ones_is_not_passed_over(
    launched: World,
) -> None:
    await launched.start("counters").ready()
    slow, quick = new_id(), new_id()

    async with launched.tx("counters") as tx:
        await tx.lock(slow)
        emit(tx, (await counter_of(tx, slow)).add(1))
        await tx.store_outgoing()
        await launched.count(3, quick)
        [before] = await launched.ask("counters", select(relay.c.beat))
        await until(
            lambda: beaten(launched, before), what="the relay goes round with the later events committed"
        )

    await launched.tells("probe.counters", 1, slow)
    await launched.tells("probe.counters", 3, quick)


async def beaten(launched: World, before: tuple[object, ...]) -> bool:
    return await launched.ask("counters", select(relay.c.beat)) != [before]


async def test_a_frozen_leader_is_replaced_and_order_holds_when_it_wakes(
    launched: World,
) -> None:
    frozen, standby = await leader_and_standby(launched)
    key = new_id()
    await launched.add_many([frozen, standby], [key], times=5)
    await launched.tells("probe.counters", 10, key)

    frozen.freeze()
    await launched.add_many([standby], [key], times=1)
    await launched.tells("probe.counters", 11, key)
    assert await leads(standby)
    frozen.thaw()

    await until(lambda: led_by(standby, frozen), what="the woken replica stands by")
    await launched.add_many([frozen, standby], [key], times=5)
    await launched.tells("probe.counters", 21, key)


async def led_by(leader: Replica, other: Replica) -> bool:
    return await leads(leader) and not await leads(other)


async def test_a_leader_deposed_in_the_middle_of_a_group_does_not_move_the_cursor(
    launched: World, tmp_path: Path
) -> None:
    held = tmp_path / "held"
    deposed, standby = await leader_and_standby(launched, "--hold", f"group-sent:{held}")
    key = new_id()
    held.touch()
    await launched.add_many([standby], [key], times=1)
    await until(held.with_suffix(".reached").exists, what="the leader has sent and not moved its cursor")

    await until(lambda: deposed_for(launched, standby), what="the standby leads")
    await launched.add_many([standby], [key], times=3)
    await launched.tells("probe.counters", 4, key)
    await until(lambda: carried_all(launched), what="the new leader's cursor is at the end")
    where = await cursor(launched)
    held.unlink()
    await until(lambda: led_by(standby, deposed), what="the deposed leader stands by")

    assert await cursor(launched) == where
    await launched.tells("probe.counters", 4, key)


async def deposed_for(launched: World, standby: Replica) -> bool:
    """Ends the session that has the seat, again where the seat has changed its session meanwhile."""
    if await leads(standby):
        return True
    async with launched.tx("counters") as tx:
        await tx.execute(text("SELECT pg_terminate_backend(pid) FROM relay"))
    await asyncio.sleep(1)
    return bool(await leads(standby))


async def carried_all(launched: World) -> bool:
    query = "count(*) FROM outbox WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay)"
    return await launched.ask("counters", select(text(query))) == [(0,)]


async def test_a_session_that_is_not_the_leaders_can_neither_beat_nor_move_the_cursor(
    launched: World,
) -> None:
    url = launched.processes.databases["counters"]
    leader, other = await asyncpg.connect(url), await asyncpg.connect(url)
    relaying = Relay(url, launched.kafka, "counters", asyncio.Event())
    row = {"at_xid": "9000000000", "id": new_id()}
    try:
        assert await Seat(leader).take()
        assert not await Seat(other).take()
        before = await cursor(launched)

        with pytest.raises(ConnectionError):
            await Seat(other).beat()
        with pytest.raises(ConnectionError):
            await relaying._advance(other, asyncio.Lock(), row)
        assert await cursor(launched) == before
    finally:
        await leader.close()
        await other.close()


async def test_a_leader_that_falls_silent_is_deposed_in_time_for_a_hand_over_within_five_seconds() -> None:
    # the worst there is: it stops right after a beat that the standby sees with its next look only
    looks_at = [(look + 1) * STANDBY_S for look in range(100)]
    seat = Seat(cast("Any", None), clock=iter(looks_at).__next__)

    deposed_at = next(at for at in looks_at if seat._is_silent(1, "its last beat"))

    assert deposed_at + ENDS_S < HAND_OVER_S
    assert STANDBY_S + BEAT_S < SILENCE_S, "one that lives is not deposed because a beat comes late"


async def test_a_standby_that_was_itself_away_does_not_call_the_leader_silent() -> None:
    looks_at = (0.0, 0.25, 60.0, 60.25, 61.5, 62.75, 63.25)
    seat = Seat(cast("Any", None), clock=iter(looks_at).__next__)
    assert [seat._is_silent(1, "the same beat") for _ in looks_at] == [False] * 6 + [True]
