"""Work that hangs, or kills the process that does it: tried again, then given up; what else there is goes on."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from services.chassis.ahead import Work
from services.chassis.due import Sweep
from services.chassis.tables import due
from services.chassis.tx import Tx
from tests.chassis.taken import DAY, NOON, scheduled
from tests.harness.service import ServiceUnderTest

ATTEMPTS = 3


def sleeps() -> None:
    time.sleep(3600)


def dies() -> None:
    os._exit(1)


def answers() -> str:
    return "answered"


async def nothing(tx: Tx, key: UUID) -> tuple[Any, ...]:
    return ()


class Worked:
    """Duties of `mirror` that need work: what each got, by its key."""

    def __init__(self, mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
        self.got: dict[UUID, Any] = {}
        self._duties, self._patch = mirror.running.reactions.duties, monkeypatch

    def needs(self, kind: str, does: Callable[[], Any], within: float = 60) -> None:
        async def keeps(key: UUID, tx: Tx, worked: Any) -> None:
            self.got[key] = worked

        work = Work(nothing, does, gives_up=lambda why: ("given up", why), within=within, attempts=ATTEMPTS)
        self._patch.setitem(
            self._duties, kind, replace(self._duties[kind], handler=keeps, hears=(), work=work)
        )


@pytest.fixture
def worked(mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> Worked:
    return Worked(mirror, monkeypatch)


async def attempts(mirror: ServiceUnderTest, key: UUID) -> int | None:
    async with mirror.tx() as tx:
        found: int | None = await tx.scalar(select(due.c.attempts).where(due.c.key == str(key)))
    return found


async def its_pause_is_over(mirror: ServiceUnderTest) -> None:
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(not_before=func.clock_timestamp()))


async def tried_until_given_up(mirror: ServiceUnderTest, key: UUID) -> None:
    for failed in range(1, ATTEMPTS):
        await mirror.falls_due(NOON + DAY)
        assert await attempts(mirror, key) == failed
        await its_pause_is_over(mirror)
    await mirror.falls_due()


@pytest.mark.parametrize(
    ("does", "within", "why"), [(sleeps, 0.2, "Overdue"), (dies, 60, "BrokenProcessPool")]
)
async def test_work_that_hangs_or_kills_its_process_is_given_up_after_some_attempts(
    mirror: ServiceUnderTest, worked: Worked, does: Callable[[], Any], within: float, why: str
) -> None:
    worked.needs("break", does, within)
    ill = await scheduled(mirror, "break", NOON)

    await tried_until_given_up(mirror, ill)
    mirror.running.sweep.ahead.apart.close()

    outcome, reason = worked.got[ill]
    assert outcome == "given up"
    assert reason.startswith(f"it failed {ATTEMPTS} times, at last: {why}")
    assert await attempts(mirror, ill) is None


async def test_what_the_duty_itself_failed_at_counts_with_the_work(
    mirror: ServiceUnderTest, worked: Worked
) -> None:
    worked.needs("break", dies)
    ill = await scheduled(mirror, "break", NOON)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(attempts=ATTEMPTS - 1))

    await mirror.falls_due(NOON + DAY)
    mirror.running.sweep.ahead.apart.close()

    assert worked.got[ill][0] == "given up"


async def test_work_that_succeeds_is_never_given_up_however_often_its_duty_failed(
    mirror: ServiceUnderTest, worked: Worked
) -> None:
    worked.needs("ring", answers)
    well = await scheduled(mirror, "ring", NOON)
    async with mirror.tx() as tx:
        await tx.execute(update(due).values(attempts=ATTEMPTS + 2))

    await mirror.falls_due(NOON + DAY)

    assert worked.got == {well: "answered"}


async def test_what_waits_behind_work_that_kills_its_process_is_done_and_fails_never(
    mirror: ServiceUnderTest, worked: Worked
) -> None:
    worked.needs("break", dies)
    worked.needs("ring", answers)
    ill, well = await scheduled(mirror, "break", NOON), await scheduled(mirror, "ring", NOON)

    await mirror.falls_due(NOON + DAY)
    mirror.running.sweep.ahead.apart.close()

    assert worked.got == {well: "answered"}
    assert await attempts(mirror, ill) == 1


async def test_work_that_a_stopping_service_leaves_undone_counts_as_no_failure(
    mirror: ServiceUnderTest, worked: Worked
) -> None:
    worked.needs("break", sleeps)
    left = await scheduled(mirror, "break", NOON)
    mirror.moves_to(NOON + DAY)
    running = mirror.running

    for _ in range(ATTEMPTS + 1):
        replica = Sweep(running.database, running.reactions, None, running.steps)
        await replica.once()
        await replica.ahead.stop()
        replica.ahead.apart.close()

    assert await attempts(mirror, left) == 0
    assert worked.got == {}
