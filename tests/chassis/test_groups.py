"""Applying groups of events: each event once, under the locks of what it is about; refusals are outcomes."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select, text, update

from services.chassis import failure
from services.chassis.ids import new_id
from services.chassis.tables import positions
from services.chassis.tx import Tx
from tests.chassis.probe.events import Gathered, Labelled
from tests.chassis.probe.mirror import Mirror, labels, mirrors
from tests.chassis.taken import counted, heard, record, rows
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until


async def somebody_waits(mirror: ServiceUnderTest, kind: str = "advisory") -> bool:
    """Whether a transaction stands still before a lock of this kind."""
    async with mirror.tx() as tx:
        wanted = "SELECT count(*) FROM pg_locks WHERE locktype = :kind AND NOT granted"
        return bool(await tx.scalar(text(wanted), {"kind": kind}))


async def test_the_same_event_twice_is_applied_once(mirror: ServiceUnderTest) -> None:
    [event] = counted(new_id(), 5)

    await mirror.receives(event, event)
    await mirror.receives(event)

    assert await heard(mirror) == {event.counter_id: (5, 1)}
    assert await mirror.emitted() == ["mirror.mirrored.v1"]


async def test_the_same_group_twice_is_applied_once(mirror: ServiceUnderTest) -> None:
    first, second = new_id(), new_id()
    group = [*counted(first, *range(1, 101)), *counted(second, 7, 8)]

    await mirror.receives(*group)
    await mirror.receives(*group)

    assert await heard(mirror) == {first: (5_050, 100), second: (15, 2)}
    assert len(await mirror.emitted()) == 102


async def test_a_group_applied_by_two_replicas_at_the_same_time_is_applied_once(
    mirror: ServiceUnderTest,
) -> None:
    counter_id = new_id()
    records = [mirror.record(event) for event in counted(counter_id, *range(1, 41))]

    await asyncio.gather(mirror.takes(*records), mirror.takes(*records))

    assert await heard(mirror) == {counter_id: (820, 40)}
    assert [event["version"] for event in await mirror.events()] == list(range(1, 41))


async def test_a_group_that_only_projects_is_one_transaction(mirror: ServiceUnderTest) -> None:
    group = [Labelled(label_id=new_id(), text="x", version=1) for _ in range(400)]

    await mirror.receives(*group)

    async with mirror.tx() as tx:
        assert await tx.scalar(text("SELECT count(DISTINCT xmin::text) FROM labels")) == 1
    assert await rows(mirror, labels) == 400


async def test_a_refusal_is_an_outcome_and_parks_nothing(mirror: ServiceUnderTest) -> None:
    counter_id = new_id()

    await mirror.receives(*counted(counter_id, 5, 1_001, 6))

    assert await mirror.emitted() == [
        "mirror.mirrored.v1",
        "mirror.adding_refused.v1",
        "mirror.mirrored.v1",
    ]
    assert await mirror.parked() == []
    assert await heard(mirror) == {counter_id: (11, 2)}


async def test_the_position_stored_is_that_after_the_last_record_of_each_partition(
    mirror: ServiceUnderTest,
) -> None:
    first, second = counted(new_id(), 5, -13)
    group = [record(mirror, first, partition=0, offset=41), record(mirror, second, partition=1, offset=7)]

    await mirror.takes(*group)
    await mirror.takes(group[0])

    async with mirror.tx() as tx:
        stored = await tx.execute(
            select(positions.c.partition, positions.c.next_offset).order_by("partition")
        )
        assert [tuple(row) for row in stored] == [(0, 42), (1, 8)]


async def test_keys_that_a_query_names_are_read_locked_and_read_again(mirror: ServiceUnderTest) -> None:
    shelf = [new_id(), new_id()]
    async with mirror.tx() as tx:
        for mirror_id in shelf:
            tx.add(Mirror(mirror_id, shelf=4, version=1))

    await mirror.receives(Gathered(gathering_id=new_id(), shelf=4, version=1))

    assert {event["counter_id"] for event in await mirror.events()} == set(map(str, shelf))


async def test_where_the_keys_moved_while_waiting_for_them_the_group_starts_over(
    mirror: ServiceUnderTest,
) -> None:
    held, joined = new_id(), new_id()
    async with mirror.tx() as tx:
        tx.add(Mirror(held, shelf=4, version=1))
        tx.add(Mirror(joined, shelf=5, version=1))
    gathered = Gathered(gathering_id=new_id(), shelf=4, version=1)

    async with mirror.tx() as tx:
        await tx.lock(held)
        waiting = asyncio.create_task(mirror.receives(gathered))
        await until(lambda: somebody_waits(mirror))
        found = await tx.get(Mirror, joined)
        assert found
        found.shelf = 4
    await waiting

    assert {event["counter_id"] for event in await mirror.events()} == {str(held), str(joined)}


async def test_an_event_that_comes_second_to_another_change_is_applied_again(
    mirror: ServiceUnderTest,
) -> None:
    counter_id = new_id()
    first, second = counted(counter_id, 5, 6)
    await mirror.receives(first)

    async with mirror.tx() as tx:
        await tx.execute(update(mirrors).values(total=100, version=2))
        applied = asyncio.create_task(mirror.receives(second))
        await until(lambda: somebody_waits(mirror, "transactionid"))
    await applied

    assert await heard(mirror) == {counter_id: (106, 2)}
    assert await mirror.parked() == []


async def test_an_event_that_always_comes_second_is_parked_and_not_looped_on(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: object, tx: Tx) -> None:
        await tx.execute(text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))

    [event] = counted(new_id(), 5)
    wrong = replace(mirror.running.reactions.by_type[event.type], handler=never)
    monkeypatch.setitem(mirror.running.reactions.by_type, event.type, wrong)
    monkeypatch.setattr(failure, "LONGEST_PAUSE_S", 0)

    await mirror.receives(event)

    assert len(await mirror.parked()) == 1
