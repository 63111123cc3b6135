"""What no producer should send, on the real broker: parked with its original kept, or refused; never looped on."""

import asyncio
import os
import sys
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from aiokafka.errors import MessageSizeTooLargeError
from sqlalchemy import select

from services.chassis.ids import new_id
from services.chassis.record import Record
from services.chassis.tables import parked
from tests.chassis import broker
from tests.chassis.probe.events import Counted, Labelled
from tests.chassis.probe.mirror import labels
from tests.chassis.processes import Replica
from tests.chassis.world import World
from tests.harness.stack import CHECKOUT
from tests.harness.until import until

LETTERS = "mirror.dead-letters"
TOLD = {"lumbung_cause", "lumbung_count", "lumbung_service", "lumbung_place"}


def counted(key: UUID, version: int, amount: int = 1) -> Record:
    return broker.record(Counted(counter_id=key, amount=amount, total=version, version=version))


def poison() -> list[Record]:
    """One record of each kind that cannot be taken, each with a key of its own."""
    made = [counted(new_id(), 1, amount=5) for _ in range(6)]
    headers = [dict(one.headers) for one in made]
    headers[2].pop("ce_id")
    headers[3]["ce_actor"] = b"\xff\xfe"
    headers[4]["ce_time"] = None
    return [
        replace(made[0], value=b"{"),
        replace(made[1], value=None),
        *[replace(made[place], headers=[*headers[place].items()]) for place in (2, 3, 4)],
        replace(made[5], key=None),
    ]


async def test_poison_is_told_untouched_on_the_dead_letter_topic_and_the_rest_goes_on(
    launched: World,
) -> None:
    well, bad = new_id(), poison()
    keyed = [one for one in bad if one.key is not None]
    later = [replace(counted(UUID(one.key.decode()), 2)) for one in keyed if one.key]
    told_before = await broker.ends(launched.kafka, LETTERS)
    parked_before = await launched.ask("mirror", select(parked.c.id))
    launched.start("mirror")

    await broker.publish(launched.kafka, [counted(well, 1), *bad, *later, counted(well, 2)])

    await launched.hears([(2, 2)], well)
    sent = [*bad, *later]
    letters = await until(
        lambda: letters_of(launched, sent, told_before), what="all of them are dead letters"
    )
    assert {_identity(one) for one in letters} == {_identity(one) for one in sent}
    assert all(dict(letter.headers)["lumbung_cause"] for letter in letters)
    assert {dict(letter.headers)["lumbung_service"] for letter in letters} == {b"mirror"}
    counts = Counter(dict(letter.headers)["lumbung_count"] for letter in letters)
    assert counts == {b"1": len(bad), b"0": len(later)}
    assert len(await launched.ask("mirror", select(parked.c.id))) == len(parked_before) + len(sent)


async def letters_of(launched: World, sent: list[Record], told_before: dict[int, int]) -> list[Any]:
    """The dead letters since then, once there are as many; other tests may have left some of theirs."""
    told = await broker.read_all(launched.kafka, LETTERS)
    letters = [one for one in told if one.offset >= told_before[one.partition]]
    assert len(letters) <= len(sent)
    return letters if len(letters) == len(sent) else []


def _identity(one: Any) -> tuple[object, ...]:
    own = tuple((name, value) for name, value in one.headers if name not in TOLD)
    return one.key, one.value, own


async def test_an_event_of_5_mb_is_refused_by_the_broker_and_the_consumer_goes_on(launched: World) -> None:
    key = new_id()
    launched.start("mirror")
    large = replace(counted(new_id(), 1), value=b"x" * 5_000_000)

    async with broker.producer(launched.kafka, max_request_size=6_000_000) as sender:
        with pytest.raises(MessageSizeTooLargeError):
            await (await sender.send(large.topic, key=large.key, value=large.value, headers=large.headers))
    await launched.publish(Counted(counter_id=key, amount=4, total=4, version=1))

    await launched.hears([(4, 1)], key)


async def test_the_largest_event_the_broker_takes_can_still_be_parked(launched: World) -> None:
    largest = replace(counted(new_id(), 1), value=b"x" * 998_000)
    launched.start("mirror")

    await broker.publish(launched.kafka, [largest])

    await until(lambda: parked_and_told(launched, largest), what="it is a dead letter")


async def parked_and_told(launched: World, large: Record) -> bool:
    return _identity(large) in map(_identity, await broker.read_all(launched.kafka, LETTERS))


async def test_a_record_the_kafka_client_cannot_read_stops_its_partition_only_and_health_says_where(
    launched: World,
) -> None:
    mirror = await launched.start("mirror").ready()
    first, second, third = [Labelled(label_id=new_id(), text="x", version=1) for _ in range(3)]

    await sent(launched, first, partition=0)
    await send_unreadable(launched, Labelled.topic, partition=0)
    await sent(launched, second, partition=1)
    await sent(launched, third, partition=0)

    await until(lambda: stuck_at(mirror, f"{Labelled.topic}/0/"), what="the partition stands still")
    await until(
        lambda: labelled(launched, first, second), what="what came before, and beside it, is taken in"
    )
    assert not await labelled(launched, third)
    assert (await mirror.health("live"))[0] == 200
    launched.processes.end_all()
    await launched.loses(Labelled.topic)


async def sent(launched: World, event: Labelled, partition: int) -> None:
    one = broker.record(event)
    async with broker.producer(launched.kafka) as sender:
        await (
            await sender.send(
                one.topic, key=one.key, value=one.value, headers=one.headers, partition=partition
            )
        )


async def send_unreadable(launched: World, topic: str, partition: int) -> None:
    sender = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "tests.chassis.send_unreadable", launched.kafka[0], topic, str(partition)],
        env={**os.environ, "AIOKAFKA_NO_EXTENSIONS": "1"},
        cwd=CHECKOUT,
    )
    assert await sender.wait() == 0


async def stuck_at(mirror: Replica, place: str) -> bool:
    _, told = await mirror.health("ready")
    return any(why.startswith(place) for why in told.get("stuck", ()))


async def labelled(launched: World, *events: Labelled) -> bool:
    """Whether all of these have been taken in."""
    wanted = {event.label_id for event in events}
    found = await launched.ask("mirror", select(labels.c.id).where(labels.c.id.in_(wanted)))
    return {label_id for (label_id,) in found} == wanted
