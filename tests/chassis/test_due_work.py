"""Work that falls due: once, in order, also after an outage; put off where it fails."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from services.chassis import due as chassis_due
from services.chassis.tables import due
from services.chassis.tx import Tx
from tests.chassis.conftest import alone
from tests.chassis.probe.services import MIRROR
from tests.chassis.taken import DAY, NOON, rung, scheduled
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until


@pytest.fixture
async def replica(
    mirror: ServiceUnderTest, databases: dict[str, str], tmp_path: Path
) -> AsyncIterator[ServiceUnderTest]:
    """A second replica of `mirror`, on the same database and clock."""
    async with alone(databases["mirror"], MIRROR, tmp_path) as second:
        yield second


async def waiting(mirror: ServiceUnderTest) -> int:
    async with mirror.tx() as tx:
        return int(await tx.scalar(select(func.count()).select_from(due)))


async def is_gone(mirror: ServiceUnderTest, session: int) -> bool:
    async with mirror.tx() as tx:
        wanted = text("SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = :pid")
        return bool(await tx.scalar(wanted, {"pid": session}))


async def test_nothing_is_done_before_its_time(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "ring", NOON)

    assert await mirror.falls_due(NOON - timedelta(minutes=1)) == 0
    assert await mirror.falls_due(NOON + timedelta(minutes=1)) == 1
    assert await mirror.falls_due(NOON + DAY) == 0
    assert len(await rung(mirror)) == 1


async def test_what_fell_due_during_days_of_outage_is_done_once_and_in_order(
    mirror: ServiceUnderTest,
) -> None:
    keys = [await scheduled(mirror, "ring", NOON + day * DAY) for day in (3, 1, 2, 0)]

    await mirror.falls_due(NOON + 9 * DAY)

    assert await rung(mirror) == [str(keys[place]) for place in (3, 1, 2, 0)]
    assert await waiting(mirror) == 0


async def test_two_replicas_do_due_work_once_and_in_order(
    mirror: ServiceUnderTest, replica: ServiceUnderTest
) -> None:
    keys = [await scheduled(mirror, "ring", NOON + timedelta(minutes=minute)) for minute in range(40)]
    mirror.moves_to(NOON + DAY)

    done = await asyncio.gather(*[one.running.sweep.once() for one in (mirror, replica, mirror, replica)])

    assert sum(done) == len(keys)
    assert await rung(mirror) == list(map(str, keys))


async def test_due_work_scheduled_again_moves_and_unscheduled_never_happens(mirror: ServiceUnderTest) -> None:
    moved, ended = await scheduled(mirror, "ring", NOON), await scheduled(mirror, "ring", NOON)
    async with mirror.tx() as tx:
        await tx.schedule("ring", moved, NOON + DAY)
        await tx.unschedule("ring", ended)

    assert await mirror.falls_due(NOON + timedelta(hours=1)) == 0
    assert await mirror.falls_due(NOON + 2 * DAY) == 1
    assert await rung(mirror) == [str(moved)]


async def test_a_failing_duty_is_put_off_and_blocks_nothing_but_its_key(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chassis_due, "AT_ONCE", 2)
    broken = [await scheduled(mirror, "break", NOON + timedelta(seconds=second)) for second in range(5)]
    await scheduled(mirror, "ring", NOON + timedelta(minutes=1), key=broken[0])
    well = await scheduled(mirror, "ring", NOON + timedelta(minutes=2))

    await mirror.falls_due(NOON + DAY)

    assert await rung(mirror) == [str(well)]
    assert await waiting(mirror) == len(broken) + 1
    async with mirror.tx() as tx:
        assert 0 not in set(await tx.scalars(select(due.c.attempts).where(due.c.kind == "break")))


async def test_a_duty_that_always_loses_its_session_is_put_off_and_stops_no_other(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill, well = await scheduled(mirror, "ring", NOON), await scheduled(mirror, "ring", NOON + DAY)
    usual = mirror.running.reactions.duties["ring"]

    async def blocks(key: UUID, tx: Tx) -> None:
        if key == ill:
            await tx.execute(text("SET LOCAL idle_in_transaction_session_timeout = 50"))
            session = int(await tx.scalar(text("SELECT pg_backend_pid()")))
            await until(lambda: is_gone(mirror, session))
        await usual.handler(key, tx)

    monkeypatch.setitem(mirror.running.reactions.duties, "ring", replace(usual, handler=blocks))

    assert await mirror.falls_due(NOON + 2 * DAY) == 1
    assert await rung(mirror) == [str(well)]
    async with mirror.tx() as tx:
        assert list(await tx.execute(select(due.c.key, due.c.attempts))) == [(str(ill), 1)]


async def test_due_work_that_fails_again_and_again_is_counted_in_health(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "break", NOON)
    await scheduled(mirror, "ring", NOON + 5 * DAY)

    await mirror.falls_due(NOON + DAY)

    async with mirror.client() as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["put_off"]) == (200, 1)


async def test_a_sweep_that_cannot_reach_its_database_is_not_ready_and_says_so(tmp_path: Path) -> None:
    stopping = asyncio.Event()
    async with alone("postgresql://nobody:x@127.0.0.1:9/none", MIRROR, tmp_path) as lost:
        sweeping = asyncio.create_task(lost.running.sweep.run(stopping))
        await until(lambda: lost.running.sweep.waits_for)
        async with lost.client() as client:
            answer = await client.get("/health/ready")
        stopping.set()
        await sweeping

    assert answer.status_code == 503
    assert any(reason.startswith("due work: ") for reason in answer.json()["because"])


async def test_a_duty_that_failed_thousands_of_times_is_still_put_off(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "break", NOON)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(attempts=5_000))

    await mirror.falls_due(NOON + DAY)

    async with mirror.tx() as tx:
        row = (await tx.execute(select(due.c.attempts, due.c.not_before > func.clock_timestamp()))).one()
    assert tuple(row) == (5_001, True)


async def test_a_duty_is_done_again_once_its_pause_is_over(mirror: ServiceUnderTest) -> None:
    await scheduled(mirror, "break", NOON)
    await mirror.falls_due(NOON + DAY)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(kind="ring", not_before=func.clock_timestamp()))

    assert await mirror.falls_due() == 1
