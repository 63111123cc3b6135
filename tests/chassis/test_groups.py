"""Applying groups of events: each once, poison parked with its key, refusals as outcomes."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from services.chassis.failure import LocksMoved
from services.chassis.ids import new_id
from services.chassis.record import Record
from services.chassis.tables import outbox, parked, positions
from tests.chassis.probe.events import Counted, Gathered, Labelled
from tests.chassis.probe.mirror import Mirror, labels, mirrors
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

Header = tuple[str, bytes | None]


def counted(counter_id: UUID, *amounts: int, first: int = 1) -> list[Counted]:
    return [
        Counted(counter_id=counter_id, amount=amount, total=sum(amounts[: place + 1]), version=first + place)
        for place, amount in enumerate(amounts)
    ]


def record(mirror: ServiceUnderTest, event: Counted, **other: object) -> Record:
    """The event as Kafka would bring it, with something `other` about it."""
    return replace(mirror.record(event), **other)  # type: ignore[arg-type]


def with_header(sound: Record, name: str, *value: bytes | None) -> Record:
    """The record with this header saying something else, or (no value given) without it."""
    headers = [(each, was) for each, was in sound.headers if each != name]
    return replace(sound, headers=headers + [(name, one) for one in value])


async def heard(mirror: ServiceUnderTest) -> dict[UUID, tuple[int, int]]:
    """Total and number of events taken, by counter."""
    async with mirror.tx() as tx:
        rows = await tx.execute(select(mirrors))
        return {row.id: (row.total, row.heard) for row in rows}


async def rows(mirror: ServiceUnderTest, table: object) -> int:
    async with mirror.tx() as tx:
        return int(await tx.scalar(select(func.count()).select_from(table)))  # type: ignore[arg-type]


async def somebody_waits(mirror: ServiceUnderTest) -> bool:
    """Whether a transaction stands still before an advisory lock."""
    async with mirror.tx() as tx:
        wanted = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return bool(await tx.scalar(text(wanted)))


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


POISON: dict[str, Callable[[Record], Record]] = {
    "a value that is not JSON": lambda sound: replace(sound, value=b"{"),
    "no value": lambda sound: replace(sound, value=None),
    "a value that does not fit the schema": lambda sound: replace(sound, value=b'{"amount": "five"}'),
    "a value about another aggregate": lambda sound: replace(
        sound, value=(sound.value or b"").replace(sound.key or b"", str(new_id()).encode())
    ),
    "a version that the envelope denies": lambda sound: with_header(sound, "ce_aggregateversion", b"7"),
    "a version no database can keep": lambda sound: with_header(sound, "ce_aggregateversion", b"9" * 30),
    "no headers": lambda sound: replace(sound, headers=[]),
    "no ce_id": lambda sound: with_header(sound, "ce_id"),
    "a ce_id that is no id": lambda sound: with_header(sound, "ce_id", b"7"),
    "no ce_type": lambda sound: with_header(sound, "ce_type"),
    "a header that cannot be decoded": lambda sound: with_header(sound, "ce_actor", b"\xff\xfe"),
    "a foreign header that cannot be decoded": lambda sound: with_header(sound, "x-trace", b"\xff\xfe"),
    "a header without a value": lambda sound: with_header(sound, "ce_time", None),
    "a time without a zone": lambda sound: with_header(sound, "ce_time", b"2026-11-01T10:00:00"),
    "a null byte in its actor": lambda sound: with_header(sound, "ce_actor", b"seller:\0"),
    "a null byte in its type": lambda sound: with_header(sound, "ce_type", b"probe.counted.v1\0"),
    "an unknown version of a known type": lambda sound: with_header(sound, "ce_type", b"probe.counted.v2"),
    "a handler that raises": lambda sound: replace(
        sound, value=(sound.value or b"").replace(b'"amount":5', b'"amount":-13')
    ),
}


@pytest.mark.parametrize("poison", POISON)
async def test_poison_parks_its_key_only(mirror: ServiceUnderTest, poison: str) -> None:
    ill, well = new_id(), new_id()
    bad, *later = [mirror.record(event) for event in counted(ill, 5, 6, 7)]
    sound = [mirror.record(event) for event in counted(well, 1, 2)]
    bad = POISON[poison](bad)

    await mirror.takes(sound[0], bad, later[0], sound[1])
    await mirror.takes(later[1])

    assert await heard(mirror) == {well: (3, 2)}
    async with mirror.tx() as tx:
        found = list(await tx.execute(select(parked).order_by(parked.c.record_offset)))
        letters = list(
            await tx.execute(select(outbox).where(outbox.c.original.is_not(None)).order_by(outbox.c.id))
        )
    assert [row.record_offset for row in found] == [bad.offset, later[0].offset, later[1].offset]
    assert {row.key for row in found} == {str(ill)}
    assert found[1].cause == found[2].cause == "an earlier event of this key is parked"
    assert found[0].cause != found[1].cause
    assert [letter.payload for letter in letters] == [bad.value or b"", later[0].value, later[1].value]
    assert letters[0].original["headers"] == bad.original["headers"]


@pytest.mark.parametrize("poison", ["no ce_id", "a value that is not JSON", "a handler that raises"])
async def test_poison_delivered_again_is_parked_once(mirror: ServiceUnderTest, poison: str) -> None:
    bad = POISON[poison](mirror.record(counted(new_id(), 5)[0]))

    await mirror.takes(bad)
    await mirror.takes(bad)

    assert await rows(mirror, parked) == 1
    assert await rows(mirror, outbox) == 1


async def test_poison_without_a_key_parks_itself_only(mirror: ServiceUnderTest) -> None:
    counter_id = new_id()
    first, second = counted(counter_id, 5, 6)
    bad = record(mirror, first, key=None)

    await mirror.takes(bad, mirror.record(second))

    assert await heard(mirror) == {counter_id: (6, 1)}
    async with mirror.tx() as tx:
        assert list(await tx.scalars(select(parked.c.key))) == [bad.place]


async def test_poison_with_a_key_that_is_no_text_is_parked(mirror: ServiceUnderTest) -> None:
    bad = record(mirror, counted(new_id(), 5)[0], key=b"\0\xff")

    await mirror.takes(bad)

    assert await rows(mirror, parked) == 1


async def test_an_event_of_an_unknown_type_is_skipped(mirror: ServiceUnderTest) -> None:
    strange = with_header(mirror.record(counted(new_id(), 5)[0]), "ce_type", b"probe.painted.v1")

    await mirror.takes(strange)

    assert (await rows(mirror, parked), await rows(mirror, outbox), await heard(mirror)) == (0, 0, {})
    assert await rows(mirror, positions) == 1


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
    with pytest.raises(LocksMoved):
        await waiting

    assert await mirror.emitted() == []
    await mirror.receives(gathered)
    assert {event["counter_id"] for event in await mirror.events()} == {str(held), str(joined)}
