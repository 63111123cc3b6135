"""Live means progress; ready means that what the service depends on answers."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field
from sqlalchemy import text
from starlette.requests import Request

from services.chassis.access import Everyone
from services.chassis.clock import skew
from services.chassis.failure import in_words, is_transient
from services.chassis.http import refuse_unknown
from services.chassis.openapi import problems
from services.chassis.revision import behind
from services.chassis.running import Running

LONGEST_SKEW = timedelta(seconds=5)
LONGEST_SILENCE_S = 30
ANSWER_S = 5

_FIGURES = text(
    "SELECT (SELECT count(*) FROM parked), (SELECT count(*) FROM due WHERE not_before IS NOT NULL),"
    " (SELECT extract(epoch FROM clock_timestamp() - pg_catalog.to_timestamp("
    "    ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0))"
    "  FROM outbox WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay WHERE relay.id = 1)"
    "  ORDER BY xid, id LIMIT 1)"
)


class Liveness(BaseModel):
    """Whether the process makes progress, or says for which dependency it waits."""

    live: bool
    waits_for: list[str]


class Readiness(Liveness):
    """Whether requests are welcome, and the figures an operator asks for first."""

    ready: bool
    because: list[str] = Field(description="why not ready; and which partitions stand still, ready or not")
    lag: int = Field(description="events of the assigned partitions not taken yet")
    outbox_age_s: float = Field(description="age of the oldest event not carried to Kafka, 0 when none waits")
    parked: int = Field(description="events set aside with their keys")
    put_off: int = Field(description="due work that failed, and is tried again and again")
    stuck: list[str] = Field(description="partitions before a record that cannot be read, and why")
    leads: bool = Field(description="whether this replica's relay is the active one")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the database told: nothing of it when it did not answer."""

    problem: str = ""
    parked: int = 0
    put_off: int = 0
    outbox_age_s: float = 0.0


async def nothing_asked(request: Request) -> None:
    refuse_unknown(request, frozenset())


router = APIRouter(
    prefix="/health", tags=["health"], dependencies=[Depends(nothing_asked)], responses=problems(422)
)
Public = Annotated[object, Depends(Everyone("supervisors and load balancers carry no token"))]


@router.get(
    "/live", response_model=Liveness, responses={503: {"model": Liveness, "description": "no progress"}}
)
async def live(request: Request, response: Response, _: Public) -> Liveness:
    running: Running = request.app.state.running
    alive = _progresses(running)
    response.status_code = 200 if alive else 503
    return Liveness(live=alive, waits_for=_waits_for(running))


@router.get(
    "/ready", response_model=Readiness, responses={503: {"model": Readiness, "description": "not ready"}}
)
async def ready(request: Request, response: Response, _: Public) -> Readiness:
    told = await readiness(request.app.state.running)
    response.status_code = 200 if told.ready else 503
    return told


async def readiness(running: Running) -> Readiness:
    """How the replica is now, by its own word and the database's."""
    figures = await _figures(running)
    stuck = running.consumer.stuck if running.consumer else []
    missing = [figures.problem, *_waits_for(running), "stopping" if running.stopping.is_set() else ""]
    missing = [reason for reason in missing if reason]
    return Readiness(
        live=_progresses(running),
        waits_for=_waits_for(running),
        ready=not missing,
        because=[*missing, *stuck],
        lag=running.consumer.topics.lag if running.consumer else 0,
        outbox_age_s=figures.outbox_age_s,
        parked=figures.parked,
        put_off=figures.put_off,
        stuck=stuck,
        leads=bool(running.relay and running.relay.leads),
    )


def _progresses(running: Running) -> bool:
    consumer = running.consumer
    if running.failed or consumer is None or consumer.waits_for or consumer.topics.away:
        return not running.failed
    polled, moved = (max(at, running.group.began_at) for at in (consumer.polled_at, consumer.topics.moved_at))
    return time.monotonic() - min(polled, moved) < LONGEST_SILENCE_S


def _waits_for(running: Running) -> list[str]:
    consumer, relay = running.consumer, running.relay
    reasons = [consumer.waits_for, consumer.topics.away] if consumer else []
    reasons += [relay.waits_for] if relay else []
    reasons.append(running.sweep.waits_for)
    return list(dict.fromkeys(filter(None, reasons)))


async def _figures(running: Running) -> Figures:
    try:
        async with asyncio.timeout(ANSWER_S), running.database.engine.connect() as connection:
            if old := await behind(connection, running.name):
                return Figures(problem=old)
            off = await skew(connection)
            parked, put_off, age = (await connection.execute(_FIGURES)).one()
    except Exception as error:
        if not is_transient(error):
            raise
        return Figures(problem=f"database: {in_words(error)}")
    slow = f"clock is {off.total_seconds():.0f} s off the database's" if off > LONGEST_SKEW else ""
    return Figures(slow, parked, put_off, round(max(0.0, float(age or 0)), 3))
