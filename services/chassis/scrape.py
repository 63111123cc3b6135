"""`/metrics`: what a replica counted, and how it is at this moment, in Prometheus' text format."""

import asyncio
from collections.abc import Iterable, Mapping

from fastapi import APIRouter, Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import AsyncAdaptedQueuePool, text
from starlette.requests import Request

from services.chassis.access import Everyone
from services.chassis.failure import is_transient
from services.chassis.health import ANSWER_S, Readiness, nothing_asked, readiness
from services.chassis.running import Running

MOST_COUNTED = 100_000
"""Rows of the outbox: to count more takes longer than it tells."""

_WAITING = text(
    "SELECT count(*) FROM (SELECT FROM outbox"
    " WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay WHERE relay.id = 1) LIMIT :most) AS waiting"
)
Values = float | Mapping[str, float]

router = APIRouter(dependencies=[Depends(nothing_asked)])


@router.get(
    "/metrics",
    include_in_schema=False,
    dependencies=[Depends(Everyone("Prometheus carries no token; figures only, nothing of anybody"))],
)
async def metrics(request: Request) -> Response:
    running: Running = request.app.state.running
    now = CollectorRegistry()
    now.register(_Moment(await gauges(running)))
    told = generate_latest(running.steps.metrics.registry) + generate_latest(now)
    return Response(told, headers={"content-type": CONTENT_TYPE_LATEST})


class _Moment(Collector):
    """Gauges that were read for one scrape."""

    def __init__(self, families: Iterable[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._families


async def gauges(running: Running) -> list[GaugeMetricFamily]:
    """How the replica is now. What only the database knows is left out while it does not answer."""
    health = await readiness(running)
    families = [
        _gauge("lumbung_ready", "1 where requests are welcome", health.ready),
        _gauge("lumbung_live", "1 where the process makes progress, or waits for what is away", health.live),
        _gauge("lumbung_relay_leads", "1 where this replica's relay is the active one", health.leads),
        _gauge("lumbung_stuck_partitions", "Partitions before an unreadable record", len(health.stuck)),
        _gauge("lumbung_pool_connections", "Database connections by state", _pool(running), "state"),
        _gauge("lumbung_pool_limit", "Database connections this replica may open", _pool_limit(running)),
    ]
    if running.consumer:
        lag = running.consumer.topics.lag_by_topic
        families.append(_gauge("lumbung_consumer_lag_events", "Events not taken yet", lag, "topic"))
    return families + await _told_by_database(running, health)


async def _told_by_database(running: Running, health: Readiness) -> list[GaugeMetricFamily]:
    try:
        async with asyncio.timeout(ANSWER_S), running.database.engine.connect() as connection:
            waiting = await connection.scalar(_WAITING, {"most": MOST_COUNTED})
    except Exception as error:
        if not is_transient(error):
            raise
        return []
    return [
        _gauge("lumbung_relay_lag_events", "Events that wait in the outbox", waiting),
        _gauge("lumbung_outbox_age_seconds", "Age of the oldest event in the outbox", health.outbox_age_s),
        _gauge("lumbung_parked_events", "Events set aside with their keys", health.parked),
        _gauge("lumbung_put_off_duties", "Due work that failed and is tried again", health.put_off),
    ]


def _gauge(name: str, about: str, told: Values, label: str = "") -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=[label] if label else [])
    values = told.items() if isinstance(told, Mapping) else [("", told)]
    for key, value in values:
        family.add_metric([key] if label else [], float(value))
    return family


def _pool(running: Running) -> dict[str, float]:
    pool = running.database.engine.pool
    if not isinstance(pool, AsyncAdaptedQueuePool):
        return {}
    return {"in_use": pool.checkedout(), "idle": pool.checkedin()}


def _pool_limit(running: Running) -> int:
    return 2 * running.settings.pool_size
