"""What cannot be handled parks its key only, with the original and the cause; nothing is looped on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from services.chassis.ids import new_id
from services.chassis.record import Record
from services.chassis.tables import outbox, parked, positions
from tests.chassis.taken import counted, heard, record, rows, with_header
from tests.harness.service import ServiceUnderTest

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
