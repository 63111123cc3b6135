"""A projection made anew from its topic, on the real broker: the same rows, or refused and nothing touched."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql

from services.chassis.clock import Clock
from services.chassis.database import Database, open_engine
from services.chassis.ids import new_id
from services.chassis.parked import Operator, Parked
from services.chassis.projection import Projection
from services.chassis.rebuild import NotRebuilt, Rebuild
from services.chassis.tables import parked, positions
from services.chassis.tx import Tx
from tests.chassis import broker
from tests.chassis.probe.events import Labelled
from tests.chassis.probe.mirror import labels
from tests.chassis.probe.services import MIRROR
from tests.chassis.world import World
from tests.harness.until import until

TIMES = 30


async def keep(tx: Tx, told: Sequence[Labelled]) -> None:
    rows = [{"id": one.label_id, "text": one.text, "times": 1} for one in told]
    await tx.execute(postgresql.insert(labels).values(rows).on_conflict_do_nothing())


PROJECTION = Projection(labels, (Labelled,), keep)


@asynccontextmanager
async def rebuilding(world: World, projection: Projection = PROJECTION) -> AsyncIterator[Rebuild]:
    engine = open_engine(world.processes.databases["mirror"], pool_size=2, name="lumbung command")
    database = Database(engine, Clock(world.processes.folder / "clock"), "mirror", lambda: None)
    try:
        yield Rebuild(database, world.kafka, MIRROR.reactions, projection)
    finally:
        await engine.dispose()


async def rows(world: World) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await world.ask("mirror", select(labels).order_by(labels.c.id))]


@pytest.fixture
async def taken(launched: World) -> AsyncIterator[tuple[World, list[tuple[Any, ...]]]]:
    """`mirror` has read a number of labels, and is stopped; nothing else was ever on their topic."""
    await launched.begins_anew()
    await launched.publish(*[Labelled(label_id=new_id(), text=f"{n}", version=1) for n in range(TIMES)])
    launched.start("mirror")
    await until(lambda: launched.has_taken_all(Labelled.topic), what="all labels are taken in")
    launched.processes.end_all()
    yield launched, await rows(launched)
    launched.processes.end_all()
    await launched.begins_anew()  # the positions that a test moved would stop whoever reads on from them


async def test_a_rebuilt_projection_has_the_rows_that_were_there(
    taken: tuple[World, list[tuple[Any, ...]]],
) -> None:
    world, before = taken
    async with rebuilding(world) as work:
        assert await work.fill() == TIMES
        assert await work.differences() == (TIMES, 0, 0, 0)

        async with world.tx("mirror") as tx:
            await tx.execute(delete(labels).where(labels.c.id == before[0][0]))
            await tx.execute(update(labels).where(labels.c.id == before[1][0]).values(text="wrong"))
            await tx.execute(insert(labels).values(id=UUID(int=7), text="never told", times=1))
        assert await work.differences() == (TIMES - 2, 1, 1, 1)
        await work.apply()
        await work.forget()

    assert await rows(world) == before


async def test_what_comes_after_the_service_stopped_is_left_to_the_service(
    taken: tuple[World, list[tuple[Any, ...]]],
) -> None:
    world, before = taken
    await world.publish(Labelled(label_id=new_id(), text="later", version=1))

    async with rebuilding(world) as work:
        assert await work.fill() == TIMES
        await work.apply()

    assert await rows(world) == before


async def test_what_is_parked_or_was_given_up_is_not_taken_in_by_a_rebuild(
    taken: tuple[World, list[tuple[Any, ...]]],
) -> None:
    world, before = taken
    ill = [broker.record(Labelled(label_id=new_id(), text="x", version=1)) for _ in range(2)]
    await broker.publish(world.kafka, [replace(one, value=b"{") for one in ill])
    world.start("mirror")
    await until(lambda: is_parked(world, 2), what="both are parked")
    world.processes.end_all()
    async with world.database("mirror") as database:
        at = Labelled.topic, (ill[0].key or b"").decode()
        await Parked(database, MIRROR.reactions).discard(at, Operator("rini", "damaged"))

    async with rebuilding(world) as work:
        assert await work.fill() == TIMES
        await work.apply()

    assert await rows(world) == before


async def is_parked(world: World, count: int) -> bool:
    ((found,),) = await world.ask("mirror", select(func.count()).select_from(parked))
    return bool(found == count)


async def test_a_topic_that_does_not_reach_back_to_its_beginning_is_refused_with_since_when(
    taken: tuple[World, list[tuple[Any, ...]]],
) -> None:
    world, before = taken
    await broker.empty(world.kafka, Labelled.topic)

    async with rebuilding(world) as work:
        with pytest.raises(NotRebuilt, match=r"probe.labels/\d begins at offset \d+ and is empty"):
            await work.fill()
    await world.publish(*[Labelled(label_id=new_id(), text="new", version=1) for _ in range(8)])
    async with rebuilding(world) as work:
        with pytest.raises(NotRebuilt, match=r"begins at offset \d+ of 20\d\d-\d\d-\d\d \d\d:\d\d UTC"):
            await work.fill()

    assert await rows(world) == before


async def test_a_running_service_is_not_rebuilt(taken: tuple[World, list[tuple[Any, ...]]]) -> None:
    world, _ = taken
    await world.start("mirror").ready()

    async with rebuilding(world) as work:
        with pytest.raises(NotRebuilt, match="mirror is running"):
            await work.refuse_while_served()
        world.processes.end_all()
        await until(lambda: nobody_serves(work), what="its sessions are gone")


async def nobody_serves(work: Rebuild) -> bool:
    try:
        await work.refuse_while_served()
    except NotRebuilt:
        return False
    return True


async def test_a_service_started_meanwhile_keeps_what_it_has_read_since(
    taken: tuple[World, list[tuple[Any, ...]]],
) -> None:
    world, before = taken
    async with rebuilding(world) as work:
        await work.fill()
        async with world.tx("mirror") as tx:
            await tx.execute(insert(labels).values(id=UUID(int=8), text="read since", times=1))
            ahead = {"next_offset": positions.c.next_offset + 1}
            await tx.execute(update(positions).where(positions.c.topic == Labelled.topic).values(ahead))

        with pytest.raises(NotRebuilt, match="started meanwhile"):
            await work.apply()

    assert len(await rows(world)) == len(before) + 1
