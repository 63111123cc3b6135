"""After weeks down, a missing partition or a false clock: every row finds its partition, or ends in its time."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from services.chassis import strays
from services.chassis.tables import inbox, outbox, relay
from tests.chassis.test_partitions import DAY, INBOX_DAYS, TODAY, id_of, named, partitions, stored, tended
from tests.chassis.world import World
from tests.harness.service import ServiceUnderTest

BACK_UP = TODAY + 200 * DAY
"""Far from the days of other tests: partitions outlive them."""
_STANDS_IN = text("SELECT tableoid::regclass::text FROM inbox WHERE id = :id")
_HOLDS_BACK = text("SELECT count(*) FROM outbox WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay)")


async def heard(mirror: ServiceUnderTest, *times: datetime) -> None:
    """The inbox has had events of these times."""
    async with mirror.tx() as tx:
        await tx.execute(insert(inbox).values([{"id": id_of(at)} for at in times]))


async def stands_in(mirror: ServiceUnderTest, at: datetime) -> str | None:
    async with mirror.tx() as tx:
        found: str | None = await tx.scalar(_STANDS_IN, {"id": id_of(at)})
        return found


async def in_default(mirror: ServiceUnderTest, parent: str) -> int:
    async with mirror.tx() as tx:
        return int(await tx.scalar(text(f"SELECT count(*) FROM {parent}_default")))


async def all_of(mirror: ServiceUnderTest, table: Any) -> Sequence[Any]:
    async with mirror.tx() as tx:
        return list(await tx.scalars(select(table.c.id).order_by(table.c.id)))


async def test_after_weeks_down_events_as_old_as_the_topics_keep_find_partitions_of_their_days(
    mirror: ServiceUnderTest,
) -> None:
    await tended(mirror, BACK_UP - 40 * DAY)

    await tended(mirror, BACK_UP)
    old = [BACK_UP - days * DAY for days in (30, 17, 4)]
    await heard(mirror, *old)

    assert [await stands_in(mirror, at) for at in old] == [f"inbox_{at:%Y%m%d}" for at in old]
    assert named("outbox", BACK_UP, 4) <= await partitions(mirror, "outbox")


async def test_partitions_from_before_weeks_of_outage_are_dropped_once_nobody_needs_them(
    mirror: ServiceUnderTest,
) -> None:
    before = BACK_UP + 100 * DAY
    after = before + 60 * DAY
    await tended(mirror, before)
    await stored(mirror, before)
    await heard(mirror, before)
    await tended(mirror, after)
    assert named("outbox", before, 1) <= await partitions(mirror, "outbox")
    assert named("inbox", before, 1) <= await partitions(mirror, "inbox")

    async with mirror.tx() as tx:
        await tx.execute(update(relay).values(xid=text("pg_current_xact_id()")))
        await tx.execute(update(inbox).values(received_at=text("clock_timestamp() - interval '46 days'")))
    await tended(mirror, after)

    assert not named("outbox", before, 1) & await partitions(mirror, "outbox")
    assert not named("inbox", before, 1) & await partitions(mirror, "inbox")
    assert await all_of(mirror, inbox) == await all_of(mirror, outbox) == []


@pytest.mark.parametrize("portion", [1, 2, 1_000])
async def test_rows_that_fell_into_the_default_partition_are_moved_and_stay_in_order(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(strays, "PORTION", portion)
    day = BACK_UP + (200 + 10 * [1, 2, 1_000].index(portion)) * DAY
    times = [day + timedelta(minutes=minute) for minute in range(5)]
    for at in times:
        await stored(mirror, at)
    await heard(mirror, *times)
    before = await all_of(mirror, outbox), await all_of(mirror, inbox)
    assert await in_default(mirror, "outbox") == await in_default(mirror, "inbox") == 5
    async with mirror.tx() as tx:
        held_back = await tx.scalar(_HOLDS_BACK)

    await tended(mirror, day)

    assert await in_default(mirror, "outbox") == await in_default(mirror, "inbox") == 0
    assert {await stands_in(mirror, at) for at in times} == {f"inbox_{day:%Y%m%d}"}
    assert (await all_of(mirror, outbox), await all_of(mirror, inbox)) == before
    async with mirror.tx() as tx:
        assert await tx.scalar(_HOLDS_BACK) == held_back == 5
    await stored(mirror, day + timedelta(hours=1))
    assert await in_default(mirror, "outbox") == 0


async def test_a_move_that_was_cut_off_is_taken_up_again(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    async def cut_off(*_: object) -> None:
        raise Killed

    day = BACK_UP + 300 * DAY
    times = [day + timedelta(minutes=minute) for minute in range(3)]
    await heard(mirror, *times)
    with monkeypatch.context() as killing, pytest.raises(Killed):
        killing.setattr(strays, "_take_over", cut_off)
        await tended(mirror, day)
    assert await in_default(mirror, "inbox") == 3
    await heard(mirror, day + timedelta(seconds=1))

    await tended(mirror, day)

    assert await in_default(mirror, "inbox") == 0
    assert len(await all_of(mirror, inbox)) == 4


async def test_two_replicas_that_tend_at_once_end_as_one(mirror: ServiceUnderTest) -> None:
    day = BACK_UP + 320 * DAY
    await heard(mirror, day)

    await asyncio.gather(*[tended(mirror, day) for _ in range(3)])

    assert await stands_in(mirror, day) == f"inbox_{day:%Y%m%d}"
    assert named("outbox", day, 4) <= await partitions(mirror, "outbox")


async def test_old_rows_without_a_partition_are_removed_once_they_are_done_with(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strays, "PORTION", 2)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    times = [long_ago + timedelta(minutes=minute) for minute in range(5)]
    for at in times:
        await stored(mirror, at)
    await heard(mirror, *times)
    await tended(mirror, BACK_UP)
    assert await in_default(mirror, "outbox") == await in_default(mirror, "inbox") == 5

    async with mirror.tx() as tx:
        await tx.execute(update(relay).values(xid=text("pg_current_xact_id()")))
        await tx.execute(update(inbox).values(received_at=text("clock_timestamp() - interval '46 days'")))
    await tended(mirror, BACK_UP)

    assert await in_default(mirror, "outbox") == await in_default(mirror, "inbox") == 0


async def test_a_moved_clock_moves_no_partition(launched: World) -> None:
    launched.moves_on(400 * DAY.total_seconds())
    try:
        await launched.start("mirror").ready()
    finally:
        launched.moves_on(0)

    found = await launched.ask(
        "mirror", text("SELECT relname::text FROM pg_class WHERE relname ~ '^(in|out)box_[0-9]{8}$'")
    )
    days = {datetime.strptime(name[-8:], "%Y%m%d").replace(tzinfo=UTC) for (name,) in found}
    now = datetime.now(UTC)
    assert days
    assert all(now - (INBOX_DAYS + 2) * DAY < day < now + 5 * DAY for day in days)
