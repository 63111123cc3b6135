"""An event that never ends, or always loses its session, parks its key; a database that is away parks nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from services.chassis import failure, group
from services.chassis.failure import LocksMoved, is_transient
from services.chassis.ids import new_id
from services.chassis.record import Record
from services.chassis.tx import Tx
from tests.chassis.probe.events import Counted
from tests.chassis.taken import counted, heard
from tests.harness.service import ServiceUnderTest

Trouble = Callable[[Tx], Awaitable[object]]


async def never_ends(tx: Tx) -> None:
    await asyncio.Event().wait()


async def never_ends_in_the_database(tx: Tx) -> None:
    await tx.execute(text("SELECT pg_sleep(60)"))


async def loses_its_session(tx: Tx) -> None:
    await tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.fixture
def troubled(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[UUID, Callable[[], Trouble | None]], None]:
    """Make the handler have trouble with one counter's events, whichever trouble it is told each time."""

    def trouble(ill: UUID, next_one: Callable[[], Trouble | None]) -> None:
        usual = mirror.running.reactions.by_type[Counted.type]

        async def handler(event: Any, tx: Tx) -> None:
            if event.counter_id == ill and (bad := next_one()):
                await bad(tx)
            await usual.handler(event, tx)

        monkeypatch.setitem(mirror.running.reactions.by_type, Counted.type, replace(usual, handler=handler))

    monkeypatch.setattr(group, "DEADLINE_S", 0.4)
    return trouble


async def passes(mirror: ServiceUnderTest, *records: Record) -> int:
    """Give the same group again, as the consumer does, until it is taken; answer how often it was not."""
    for failed in range(10):
        if not await waits(mirror, *records):
            return failed
    raise AssertionError("retried for ever")


async def waits(mirror: ServiceUnderTest, *records: Record) -> bool:
    """Whether the group, given once, is to be given again."""
    try:
        await mirror.takes(*records)
    except Exception as error:
        if not is_transient(error):
            raise
        return True
    return False


@pytest.mark.parametrize("trouble", [never_ends, never_ends_in_the_database, loses_its_session])
async def test_an_event_that_always_fails_alone_parks_its_key_after_a_few_tries(
    mirror: ServiceUnderTest, troubled: Callable[..., None], trouble: Trouble
) -> None:
    ill, well = new_id(), new_id()
    troubled(ill, lambda: trouble)
    [bad, later], sound = counted(ill, 5, 6), counted(well, 1, 2, 3)

    failed = await passes(mirror, *map(mirror.record, [sound[0], bad, sound[1], later, sound[2]]))

    assert failed == group.TRIES_ALONE - 1
    assert await heard(mirror) == {well: (6, 3)}
    first, second = await mirror.parked()
    assert first.split(":")[0] in {"TimeoutError", "InterfaceError", "DBAPIError", "OperationalError"}
    assert second == "an earlier event of this key is parked"


async def test_an_event_that_was_slow_once_is_applied_at_the_next_try(
    mirror: ServiceUnderTest, troubled: Callable[..., None]
) -> None:
    troubles: list[Trouble] = [never_ends, never_ends]
    [event] = counted(new_id(), 5)
    troubled(event.counter_id, lambda: troubles.pop() if troubles else None)

    assert await passes(mirror, mirror.record(event)) == 2
    assert await heard(mirror) == {event.counter_id: (5, 1)}


async def test_while_the_database_takes_no_connections_no_event_counts_as_failed(
    mirror: ServiceUnderTest, troubled: Callable[..., None]
) -> None:
    url = mirror.running.settings.database_url
    name = url.rpartition("/")[2]

    async def closes_the_database(tx: Tx) -> None:
        closing.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        closing.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await tx.execute(text("SELECT 1"))

    troubles: list[Trouble] = [loses_its_session, closes_the_database]
    [event] = counted(new_id(), 5)
    troubled(event.counter_id, lambda: troubles.pop() if troubles else None)
    record = mirror.record(event)

    with psycopg.connect(url, autocommit=True) as closing:
        try:
            while_away = [await waits(mirror, record) for _ in range(group.TRIES_ALONE + 1)]
        finally:
            closing.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1")

    assert all(while_away)
    assert await passes(mirror, record) == 1
    assert await mirror.parked() == []
    assert await heard(mirror) == {event.counter_id: (5, 1)}


async def test_a_server_that_began_after_the_work_did_not_answer_all_the_while(
    mirror: ServiceUnderTest,
) -> None:
    a_century = 100 * 366 * 86_400

    assert await mirror.running.database.answers(0)
    assert not await mirror.running.database.answers(a_century)


async def test_an_event_whose_locks_always_move_is_given_again_and_never_parked(
    mirror: ServiceUnderTest, troubled: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def moved(tx: Tx) -> None:
        raise LocksMoved

    monkeypatch.setattr(failure, "LONGEST_PAUSE_S", 0)
    troubles: list[Trouble] = [moved] * (failure.TRIES + 1)
    [event] = counted(new_id(), 5)
    troubled(event.counter_id, lambda: troubles.pop() if troubles else None)

    assert await passes(mirror, mirror.record(event)) == 1
    assert await mirror.parked() == []
    assert await heard(mirror) == {event.counter_id: (5, 1)}
