"""A service of nothing but things, so that the HTTP chassis is tested without a marketplace."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from sqlalchemy import Column, Integer, MetaData, Table, Text, Uuid, insert, select, text, update

from services.chassis.access import Allow, Caller, Everyone
from services.chassis.event import Event
from services.chassis.fields import Body, Day, Moment, Name, Quantity, View
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.chassis.problem import NotFound, Refused
from services.chassis.service import Service
from services.chassis.tables import chassis_tables

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("colour", Text, unique=True),
    Column("owner", Uuid, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
)
chassis_tables(metadata)
PROMISES = "CREATE TABLE promises (id uuid REFERENCES things DEFERRABLE INITIALLY DEFERRED)"


class ThingMade(Event, type="things.made.v1", topic="things.things", key="thing_id"):
    thing_id: UUID


class AlreadyTaken(Refused):
    en = "{name} is taken. Take another one."
    id = "{name} sudah diambil. Ambil yang lain."


class Part(Body):
    quantity: Quantity


class NewThing(Body):
    name: Name
    parts: tuple[Part, ...] = ()
    day: Day | None = None
    moment: Moment | None = None
    colour: Literal["red", "green"] | None = None

    def stored(self) -> dict[str, str | None]:
        return {"name": self.name, "colour": self.colour}


class ThingView(View):
    id: UUID
    name: str


class TimeView(View):
    at: str


Maker = Annotated[Caller, Depends(Allow("maker", owns="things this person made", acts_for=("maker",)))]
Anyone = Annotated[Caller, Depends(Everyone("anyone may look at the clock"))]
router = service_router(tags=["things"])


async def nothing(_: str) -> None:
    return


@dataclass
class Pauses:
    """Lets a test hold requests at a named place inside an endpoint."""

    at: Callable[[str], Awaitable[None]] = nothing
    seen: list[str] = field(default_factory=list)

    def meet(self, place: str, parties: int) -> None:
        """Let the first `parties` that come to a place wait for each other; later ones pass."""
        barrier, left = asyncio.Barrier(parties), parties

        async def at(here: str) -> None:
            nonlocal left
            self.seen.append(here)
            if here == place and left:
                left -= 1
                await asyncio.wait_for(barrier.wait(), 10)

        self.at = at


def pauses(request: Request) -> Pauses:
    kept: Pauses = request.app.state.pauses
    return kept


@router.post("/things", status_code=201)
async def make_thing(
    new: NewThing, maker: Maker, tx: RequestTx, request: Request, response: Response
) -> ThingView:
    thing_id = new_id()
    response.headers["ETag"] = f'"{thing_id}"'
    await tx.execute(insert(things).values(id=thing_id, owner=maker.person, **new.stored()))
    emit(tx, ThingMade(thing_id=thing_id, version=1))
    await pauses(request).at("made")
    return ThingView(id=thing_id, name=new.name)


@router.get("/things")
async def all_things(maker: Maker, paging: Paging, tx: RequestTx) -> Page[ThingView]:
    mine = select(things).where(things.c.owner == maker.person)
    rows = await tx.execute(paging.narrow(mine, things.c.id))
    return paging.page([ThingView(id=row.id, name=row.name) for row in rows], by=lambda thing: thing.id)


@router.get("/things/{thing_id}")
async def one_thing(thing_id: UUID, maker: Maker, tx: RequestTx) -> ThingView:
    row = await _thing(tx, thing_id, maker)
    return ThingView(id=row.id, name=row.name)


@router.post("/things/{thing_id}/taking")
async def take_thing(thing_id: UUID, maker: Maker, tx: RequestTx, request: Request) -> ThingView:
    await pauses(request).at("taking")
    await tx.lock(thing_id)
    row = await _thing(tx, thing_id, maker)
    if row.taken:
        raise AlreadyTaken(name=row.name)
    await tx.execute(update(things).where(things.c.id == thing_id).values(taken=1))
    return ThingView(id=row.id, name=row.name)


class Spoiling(Body):
    how: Literal["refused", "bug", "at-commit", "false-answer"]


@router.post("/things/{thing_id}/spoiling")
async def spoil_thing(thing_id: UUID, wish: Spoiling, maker: Maker, tx: RequestTx) -> ThingView:
    """Writes, then fails in one way or another."""
    await tx.execute(update(things).where(things.c.id == thing_id).values(name="spoiled"))
    emit(tx, ThingMade(thing_id=new_id(), version=1))
    match wish.how:
        case "refused":
            raise AlreadyTaken(name="it")
        case "bug":
            raise RuntimeError("a bug")
        case "at-commit":
            await tx.execute(text("INSERT INTO promises VALUES (:id)"), {"id": new_id()})
        case "false-answer":
            return cast("ThingView", {"id": thing_id, "name": None})
    return ThingView(id=thing_id, name="spoiled")


@router.post("/swaps/{first}/{second}")
async def swap(first: UUID, second: UUID, maker: Maker, tx: RequestTx, request: Request) -> ThingView:
    """Takes row locks in the order asked for: two crossing swaps are a deadlock."""
    for place, one in (("first", first), ("second", second)):
        await tx.scalar(select(things.c.id).where(things.c.id == one).with_for_update())
        await pauses(request).at(place)
    return ThingView(id=first, name="swapped")


@router.get("/clock")
async def clock(
    now: Now, anyone: Anyone, zone: Annotated[str | None, Query(max_length=3)] = None
) -> TimeView:
    return TimeView(at=now.isoformat())


async def _thing(tx: Any, thing_id: UUID, maker: Caller) -> Any:
    mine = select(things).where(things.c.id == thing_id, things.c.owner == maker.person)
    row = (await tx.execute(mine)).one_or_none()
    if row is None:
        raise NotFound
    return row


SERVICE = Service("things", "Things, for tests.", metadata, routers=(router,), handlers=())
