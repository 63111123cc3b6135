"""Outbox and inbox are kept in daily partitions: made ahead, dropped whole, and only when nobody needs them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, text, update

from services.chassis.ids import uuid7_at
from services.chassis.partitions import DAYS_AHEAD, OUTBOX_DAYS, tend
from services.chassis.tables import inbox, outbox, relay
from tests.harness.service import ServiceUnderTest

TODAY = datetime(2031, 5, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
INBOX_DAYS = 45


def id_of(at: datetime) -> UUID:
    return uuid7_at(int(at.timestamp() * 1000))


async def partitions(mirror: ServiceUnderTest, parent: str) -> set[str]:
    """Names of the daily partitions, without those of other tests."""
    query = f"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{parent}'::regclass"
    async with mirror.tx() as tx:
        found = await tx.scalars(text(query))
    return {name for name in found if name.startswith(f"{parent}_203")}


async def tended(mirror: ServiceUnderTest, day: datetime) -> None:
    await tend(mirror.running.database.engine, INBOX_DAYS, day)


def named(parent: str, first: datetime, days: int) -> set[str]:
    return {f"{parent}_{first + place * DAY:%Y%m%d}" for place in range(days)}


async def stored(mirror: ServiceUnderTest, at: datetime) -> None:
    """One event in the outbox, of that day."""
    row = {
        "id": id_of(at),
        "aggregatetype": "mirror.mirrors",
        "aggregateid": "x",
        "type": "x",
        "payload": b"{}",
        "version": 1,
        "time": at,
        "source": "/lumbung/mirror",
        "actor": "service:mirror",
    }
    async with mirror.tx() as tx:
        await tx.execute(insert(outbox).values(row))


async def test_partitions_are_made_ahead_and_making_them_again_changes_nothing(
    mirror: ServiceUnderTest,
) -> None:
    await tended(mirror, TODAY)
    await tended(mirror, TODAY)

    for parent in ("outbox", "inbox"):
        assert named(parent, TODAY, DAYS_AHEAD + 1) <= await partitions(mirror, parent)


async def test_a_partition_of_the_outbox_is_dropped_only_when_all_of_it_is_carried(
    mirror: ServiceUnderTest,
) -> None:
    await tended(mirror, TODAY)
    await stored(mirror, TODAY)
    today, long_after = named("outbox", TODAY, 1), TODAY + (OUTBOX_DAYS + 5) * DAY

    await tended(mirror, long_after)
    assert today <= await partitions(mirror, "outbox")
    async with mirror.tx() as tx:
        await tx.execute(update(relay).values(xid=text("pg_current_xact_id()")))
    await tended(mirror, TODAY + DAY)
    assert today <= await partitions(mirror, "outbox")
    await tended(mirror, long_after)

    assert not today & await partitions(mirror, "outbox")


async def test_a_partition_of_the_inbox_is_dropped_only_long_after_its_last_insert(
    mirror: ServiceUnderTest,
) -> None:
    await tended(mirror, TODAY)
    async with mirror.tx() as tx:
        await tx.execute(insert(inbox).values(id=id_of(TODAY)))
    today, long_after = named("inbox", TODAY, 1), TODAY + (INBOX_DAYS + 5) * DAY

    await tended(mirror, long_after)
    assert today <= await partitions(mirror, "inbox")
    async with mirror.tx() as tx:
        await tx.execute(update(inbox).values(received_at=text("clock_timestamp() - interval '46 days'")))
    await tended(mirror, long_after)

    assert not today & await partitions(mirror, "inbox")
