"""The service that repeats what it hears: tables and what may happen to a mirror."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, Uuid, select
from sqlalchemy.orm import registry

from services.chassis.event import Aggregate
from services.chassis.problem import Refused
from services.chassis.tables import chassis_tables
from services.chassis.tx import Tx
from tests.chassis.probe.events import AddingRefused, Gathered, Mirrored, Rung, Settled

LARGEST_AMOUNT = 1_000

metadata = MetaData()
chassis_tables(metadata)
mirrors = Table(
    "mirrors",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("heard", BigInteger, nullable=False),
    Column("shelf", Integer, nullable=False),
    Column("version", BigInteger, nullable=False),
)
labels = Table(
    "labels",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("text", Text, nullable=False),
    Column("times", Integer, nullable=False),
)


class TooMuch(Refused):
    en = "{amount} is more than a mirror takes."


@dataclass
class Mirror(Aggregate):
    """The sum of what was heard of one counter."""

    id: UUID
    total: int = 0
    heard: int = 0
    shelf: int = 0
    version: int = 0

    def add(self, amount: int) -> Mirrored:
        if amount > LARGEST_AMOUNT:
            raise TooMuch(amount=amount)
        self.total += amount
        self.heard += 1
        return Mirrored(counter_id=self.id, amount=amount, total=self.total, version=self.next_version())

    def refuse(self, amount: int) -> AddingRefused:
        return AddingRefused(counter_id=self.id, amount=amount, version=self.next_version())

    def ring(self) -> Rung:
        return Rung(counter_id=self.id, total=self.total, version=self.next_version())

    def settle(self) -> Settled:
        return Settled(counter_id=self.id, total=self.total, version=self.next_version())


registry(metadata=metadata).map_imperatively(
    Mirror, mirrors, version_id_col=mirrors.c.version, version_id_generator=False
)


async def mirror_of(tx: Tx, counter_id: UUID) -> Mirror:
    """The mirror of a counter; a new one where none hangs yet."""
    found = await tx.get(Mirror, counter_id)
    if found is None:
        found = Mirror(counter_id)
        tx.add(found)
    return found


async def on_shelf(tx: Tx, event: Gathered) -> list[UUID]:
    """The mirrors on the event's shelf."""
    return list(await tx.scalars(select(mirrors.c.id).where(mirrors.c.shelf == event.shelf)))
