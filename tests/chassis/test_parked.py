"""Operators replay or discard what is parked: in version order, once, written down, while the service goes on."""

import asyncio

import pytest
from sqlalchemy import select

from services.chassis.ids import new_id
from services.chassis.parked_lock import Busy
from services.chassis.tables import parked
from tests.chassis.aside import (
    RINI,
    at_each_replay,
    history,
    letters,
    operating,
    set_aside,
    waiting,
)
from tests.chassis.probe import handlers
from tests.chassis.probe.events import Counted, Labelled
from tests.chassis.probe.mirror import labels
from tests.chassis.taken import counted, heard, rows
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

BAD = handlers.UNLUCKY


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handler's bug is no more."""
    monkeypatch.setattr(handlers, "UNLUCKY", 0)


async def versions(mirror: ServiceUnderTest) -> list[int]:
    return [event["version"] for event in await mirror.events("mirror.mirrored.v1")]


async def test_a_replayed_key_is_as_if_nothing_had_been_parked(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = new_id(), new_id()
    await mirror.receives(*counted(key, 5, BAD, 6), *counted(other, 1))
    await mirror.receives(*counted(key, 5, BAD, 6, 7)[3:])
    monkeypatch.setattr(handlers, "UNLUCKY", 0)

    done = await operating(mirror).replay((Counted.topic, str(key)), RINI)
    await mirror.receives(*counted(key, 5, BAD, 6, 7, 8)[4:])

    assert done == (3, "")
    assert await heard(mirror) == {key: (5 + BAD + 6 + 7 + 8, 5), other: (1, 1)}
    assert await rows(mirror, parked) == 0
    assert await history(mirror) == [("replayed", *RINI, version) for version in (2, 3, 4)]


async def test_events_are_replayed_in_the_order_of_their_versions_however_they_were_parked(
    mirror: ServiceUnderTest,
) -> None:
    key = new_id()
    told = [Labelled(label_id=key, text=str(version), version=version) for version in (1, 2, 3)]
    first, second, third = map(mirror.record, told)
    await set_aside(mirror, third, first, second)

    await operating(mirror).replay((Labelled.topic, str(key)), RINI)

    assert [version for *_, version in await history(mirror)] == [1, 2, 3]
    async with mirror.tx() as tx:
        assert await tx.scalar(select(labels.c.text).where(labels.c.id == key)) == "3"


async def test_an_event_that_fails_again_stops_its_key_and_is_told_with_how_often_it_was_tried(
    mirror: ServiceUnderTest,
) -> None:
    key = new_id()
    await mirror.receives(*counted(key, BAD, 6))

    done = await operating(mirror).replay((Counted.topic, str(key)), RINI)

    assert done == (0, "ValueError: a mirror breaks at -13")
    assert await heard(mirror) == {}
    assert await history(mirror) == [("failed", *RINI, 1)]
    async with mirror.tx() as tx:
        found = await tx.execute(select(parked.c.version, parked.c.tries).order_by(parked.c.version))
        assert [tuple(row) for row in found] == [(1, 2), (2, 0)]
    told = await letters(mirror)
    assert [letter.original["count"] for letter in told] == [1, 0, 2]
    assert told[2].payload == told[0].payload
    assert told[2].original["headers"] == told[0].original["headers"]


@pytest.mark.parametrize("kind", [Counted, Labelled])
async def test_an_event_that_comes_while_its_key_is_replayed_is_handled_after_it(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, kind: type[Counted | Labelled], fixed: None
) -> None:
    key = new_id()
    told: list[Counted] | list[Labelled] = (
        counted(key, 5, 6)
        if kind is Counted
        else [Labelled(label_id=key, text=str(version), version=version) for version in (1, 2)]
    )
    await set_aside(mirror, mirror.record(told[0]))
    arriving: list[asyncio.Task[None]] = []

    async def another_comes() -> None:
        arriving.append(asyncio.create_task(mirror.receives(told[1])))
        await until(lambda: waiting(mirror), what="it waits for the operator's step to end")

    at_each_replay(monkeypatch, another_comes)

    done = await operating(mirror).replay((kind.topic, str(key)), RINI)
    await asyncio.gather(*arriving)

    assert done == (1, "")
    assert await rows(mirror, parked) == 0
    async with mirror.tx() as tx:
        text = await tx.scalar(select(labels.c.text).where(labels.c.id == key))
    assert (await versions(mirror), text) == (([1, 2], None) if kind is Counted else ([], "2"))


async def test_a_key_replayed_again_and_again_while_its_events_come_ends_in_order_with_nothing_left(
    mirror: ServiceUnderTest, fixed: None
) -> None:
    key, times = new_id(), 40
    told = counted(key, *[1] * times)
    await set_aside(mirror, mirror.record(told[0]))

    async def all_come() -> None:
        for event in told[1:]:
            await mirror.receives(event)

    coming = asyncio.create_task(all_come())
    while not coming.done():
        assert not (await operating(mirror).replay((Counted.topic, str(key)), RINI)).stopped_by
    await coming

    assert await versions(mirror) == list(range(1, times + 1))
    assert await rows(mirror, parked) == 0
    assert await heard(mirror) == {key: (times, times)}


async def test_of_two_operators_at_once_the_second_is_told_and_each_event_is_handled_once(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_id()
    await mirror.receives(*counted(key, BAD, 6))
    monkeypatch.setattr(handlers, "UNLUCKY", 0)
    at = Counted.topic, str(key)
    refused = []

    async def another_tries() -> None:
        for attempt in (operating(mirror).replay(at, RINI), operating(mirror).discard(at, RINI)):
            with pytest.raises(Busy) as told:
                await attempt
            refused.append(str(told.value))

    at_each_replay(monkeypatch, another_tries)

    await operating(mirror).replay(at, RINI)

    assert len(refused) == 4
    assert str(key) in refused[0]
    assert await heard(mirror) == {key: (BAD + 6, 2)}


async def test_a_crash_in_the_middle_leaves_whole_steps_and_the_next_replay_goes_on(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    key, replayed = new_id(), []
    await mirror.receives(*counted(key, BAD, 6, 7))
    monkeypatch.setattr(handlers, "UNLUCKY", 0)

    async def die_at_the_second() -> None:
        replayed.append(1)
        if len(replayed) == 2:
            raise Killed

    at_each_replay(monkeypatch, die_at_the_second)
    with pytest.raises(Killed):
        await operating(mirror).replay((Counted.topic, str(key)), RINI)
    assert (await heard(mirror), await rows(mirror, parked)) == ({key: (BAD, 1)}, 2)

    done = await operating(mirror).replay((Counted.topic, str(key)), RINI)

    assert done == (2, "")
    assert await heard(mirror) == {key: (BAD + 13, 3)}
    assert [version for *_, version in await history(mirror)] == [1, 2, 3]
