"""What is fed to `mirror` by hand, what falls due for it, and what it has made of that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from services.chassis.ids import new_id
from services.chassis.record import Record
from tests.chassis.probe.events import Counted
from tests.chassis.probe.mirror import mirrors
from tests.harness.service import ServiceUnderTest

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


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


async def scheduled(mirror: ServiceUnderTest, kind: str, at: datetime, key: UUID | None = None) -> UUID:
    key = key or new_id()
    async with mirror.tx() as tx:
        await tx.schedule(kind, key, at)
    return key


async def rung(mirror: ServiceUnderTest) -> list[str]:
    return [event["counter_id"] for event in await mirror.events("mirror.rung.v1")]
