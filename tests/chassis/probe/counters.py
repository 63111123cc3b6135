"""The service that counts: one endpoint, one event."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel
from sqlalchemy import BigInteger, Column, MetaData, Table, Uuid
from sqlalchemy.orm import registry

from services.chassis.access import Everyone
from services.chassis.event import Aggregate
from services.chassis.http import RequestTx, service_router
from services.chassis.outbox import emit
from services.chassis.service import Service
from services.chassis.tables import chassis_tables
from services.chassis.tx import Tx
from tests.chassis.probe.events import Counted

metadata = MetaData()
chassis_tables(metadata)
counters = Table(
    "counters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
)


@dataclass
class Counter(Aggregate):
    """A sum that only grows."""

    id: UUID
    total: int = 0
    version: int = 0

    def add(self, amount: int) -> Counted:
        self.total += amount
        return Counted(counter_id=self.id, amount=amount, total=self.total, version=self.next_version())


registry(metadata=metadata).map_imperatively(
    Counter, counters, version_id_col=counters.c.version, version_id_generator=False
)


async def counter_of(tx: Tx, counter_id: UUID) -> Counter:
    """The counter with this id; a new one where none is."""
    found = await tx.get(Counter, counter_id)
    if found is None:
        found = Counter(counter_id)
        tx.add(found)
    return found


class Addition(BaseModel):
    amount: int


class Sum(BaseModel):
    total: int
    version: int


router = service_router(tags=["counters"])
Anyone = Annotated[object, Depends(Everyone("the tests count without a token"))]


@router.post("/counters/{counter_id}/additions", status_code=201)
async def add(counter_id: UUID, new: Addition, tx: RequestTx, _: Anyone) -> Sum:
    await tx.lock(counter_id)
    counter = await counter_of(tx, counter_id)
    emit(tx, counter.add(new.amount))
    return Sum(total=counter.total, version=counter.version)


SERVICE = Service(
    name="counters", description="counts what is added", metadata=metadata, routers=(router,), handlers=()
)
