"""The outbox as Debezium reads it: a large installation may let Kafka Connect carry it instead of the relay."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from infra.debezium.capture import captured
from infra.debezium.connect import Outbox, carrying, jars
from infra.files import last_lines
from infra.stack.jars import Unreachable
from infra.stack.part import Part
from infra.topics import Topic, provision
from services.chassis.access import Caller
from services.chassis.envelope import read_envelope
from services.chassis.ids import new_id
from services.chassis.inbox import park
from services.chassis.outbox import emit
from services.chassis.record import Poison, Record
from services.chassis.trace import Origin
from tests.chassis import broker
from tests.chassis.probe.counters import counter_of
from tests.chassis.world import World
from tests.harness.until import until

PREFIX = "cdc."
TOPIC = "probe.counters"
START_S = 90
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture(scope="module")
def connect_jars() -> list[Path]:
    try:
        return jars()
    except Unreachable:
        pytest.skip("Debezium's jars are not in the cache and cannot be fetched")


@pytest.fixture
def outbox(launched: World) -> Iterator[Outbox]:
    """The counters' outbox, which PostgreSQL keeps for Debezium from here on."""
    server = launched.stack.admin_dsn().rpartition("/")[0]
    database = launched.processes.databases["counters"].rpartition("/")[2]
    names = (TOPIC, "counters.dead-letters")
    provision(launched.kafka, [Topic(PREFIX + name, broker.PARTITIONS, {}) for name in names])
    carried = Outbox(f"{server}/{database}", launched.kafka, "probe", PREFIX + "${routedByValue}")
    with captured(carried.dsn, carried.slot):
        yield carried


async def test_debezium_yields_the_events_that_the_relay_yields(
    launched: World, outbox: Outbox, connect_jars: list[Path], tmp_path: Path
) -> None:
    keys = await filled(launched)

    with carrying(outbox, tmp_path, connect_jars) as connect:
        await until(lambda: has_told(launched, keys, connect), START_S, "Debezium has told all")
    await launched.start("counters").ready()
    await until(lambda: all_told(launched, TOPIC, keys), what="the relay has told all")

    assert await told(launched, PREFIX + TOPIC, keys) == await told(launched, TOPIC, keys)
    assert await broker.read_all(launched.kafka, PREFIX + "counters.dead-letters") == []


async def filled(launched: World) -> list[UUID]:
    """Several versions of several counters, by several callers, of several causes; and what must not be told."""
    keys = [new_id() for _ in range(5)]
    buyer, helper = Caller(new_id(), "buyer"), Caller(new_id(), "assistant", on_behalf_of=new_id())
    origins = (Origin(), Origin(TRACE), Origin(TRACE, str(new_id())))
    async with launched.database("counters") as database:
        for caller, origin in zip((None, buyer, helper), origins, strict=True):
            async with database.transaction(caller, origin) as tx:
                await tx.lock(*keys)
                for key in keys * 3:
                    counted = (await counter_of(tx, key)).add(1)
                    emit(
                        tx, counted.model_copy(update={"padding": "cabai \N{HOT PEPPER} " * counted.version})
                    )
        with pytest.raises(Undone):
            async with database.transaction() as tx:
                emit(tx, (await counter_of(tx, new_id())).add(1))
                await tx.store_outgoing()
                raise Undone
        async with database.transaction() as tx:
            letter = Record(TOPIC, 0, 0, b"\xff", b"no event", [("ce_id", b"\xff")])
            await park(tx, Poison(letter, None, "unreadable"), "unreadable")
    return keys


class Undone(Exception):
    """Rolls a transaction back."""


async def has_told(launched: World, keys: list[UUID], connect: Part) -> bool:
    assert connect.running, "\n".join(last_lines(connect.log, 40))
    return await all_told(launched, PREFIX + TOPIC, keys)


async def all_told(launched: World, topic: str, keys: list[UUID]) -> bool:
    return sum(map(len, (await told(launched, topic, keys)).values())) >= 9 * len(keys)


Message = tuple[bytes, dict[str, object]]


async def told(launched: World, topic: str, keys: Iterable[UUID]) -> dict[tuple[bytes, int], list[Message]]:
    """By key and partition, in order: the value, and the headers that say anything."""
    wanted = {str(key).encode() for key in keys}
    found: dict[tuple[bytes, int], list[Message]] = {}
    for one in await broker.read_all(launched.kafka, topic):
        if one.key in wanted:
            found.setdefault((one.key, one.partition), []).append((one.value, headers(one)))
    return found


def headers(one: Any) -> dict[str, object]:
    """A header without a value says nothing, and a moment is one however many digits its fraction has."""
    read_envelope(one.headers)
    said: dict[str, object] = {name: value for name, value in one.headers if value is not None}
    moment = datetime.fromisoformat(str(said["ce_time"], "ascii"))  # type: ignore[call-overload]
    return said | {"ce_time": moment.astimezone(UTC)}
