"""A small world in which everything is right: a lot corrected once, an order in a closed book, a share committed."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.faults.checker import Anomaly, judge
from tests.faults.checker.evidence import Asked, Carried, Evidence, Fact, Kept

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = "2026-12-24T12:00:00+00:00"
EARLIER = "2026-11-20T12:00:00+00:00"
LOT, ORDER, LINE, WINDOW, SHARE = "lot-1", "order-1", "line-1", "window-1", "share-1"
RECEIVES = {
    "orders": {
        "catalog.lot_listed.v1": "catalog.lots",
        "catalog.lot_corrected.v1": "catalog.lots",
        "catalog.lot_repriced.v1": "catalog.lots",
        "cooperative.window_announced.v1": "cooperative.windows",
        "cooperative.line_filled.v1": "cooperative.lines",
    },
    "cooperative": {
        "orders.placed.v1": "orders.orders",
        "orders.changed.v1": "orders.orders",
        "orders.book_closed.v1": "orders.books",
    },
    "notify": {"orders.placed.v1": "orders.orders"},
}
DIGEST = sha256(f"{ORDER}:1\n".encode()).hexdigest()


def fact(topic: str, made: str, key: str, version: int, minutes: int = 0, **body: Any) -> Fact:
    at = NOW - timedelta(hours=1) + timedelta(minutes=minutes)
    return Fact(f"{made}/{key}/{version}", topic, key, made, version, json.dumps(body).encode(), at)


def record(fact: Fact, offset: int, partition: int = 0) -> Carried:
    headers = {
        "ce_id": fact.id,
        "ce_type": fact.type,
        "ce_aggregateversion": str(fact.version),
        "ce_time": fact.at.isoformat(),
    }
    return Carried(fact.topic, partition, offset, fact.key, fact.value, headers)


def right() -> Evidence:
    """Judged to have no violation."""
    facts = _facts()
    services = {name: Kept(name) for name in ("catalog", "orders", "cooperative", "notify")}
    topics: dict[str, list[Carried]] = {}
    for one in facts:
        services[one.topic.partition(".")[0]].outbox.append(one)
        records = topics.setdefault(one.topic, [])
        records.append(record(one, len(records)))
    evidence = Evidence(
        now=NOW,
        services=services,
        topics=topics,
        ends={(topic, 0): len(records) for topic, records in topics.items()},
        asked=[
            Asked("catalog.lot_listed.v1", "op-1", "acknowledged", LOT, NOW),
            Asked("catalog.lot_corrected.v1", "op-2", "acknowledged", LOT, NOW),
            Asked("orders.placed.v1", "cap-1", "acknowledged", ORDER, NOW),
            Asked("cooperative.window_announced.v1", "op-3", "acknowledged", WINDOW, NOW),
            Asked("cooperative.share_answered.v1", f"{SHARE}:accepted", "unknown", None, NOW),
            Asked("catalog.lot_corrected.v1", "op-9", "refused", None, NOW),
        ],
        receives=RECEIVES,
    )
    _take_in(evidence)
    _keep_rows(services)
    return evidence


def _facts() -> list[Fact]:
    share = {"share_id": SHARE}
    line = {"line_id": LINE, "cap": 1}
    return [
        fact("catalog.lots", "catalog.lot_listed.v1", LOT, 1, quantity=10, price=5, certificates=["op-1"]),
        fact("catalog.lots", "catalog.lot_corrected.v1", LOT, 2, 1, available=12, change=2, reason="op-2"),
        fact("cooperative.windows", "cooperative.window_announced.v1", WINDOW, 1, name="op-3"),
        fact("orders.orders", "orders.placed.v1", ORDER, 1, 2, window_id=WINDOW, lines=[line]),
        fact(
            "orders.books", "orders.book_closed.v1", WINDOW, 1, 9,
            orders=[{"order_id": ORDER, "version": 1}], digest=DIGEST,
        ),
        fact("cooperative.shares", "cooperative.hold_wanted.v1", SHARE, 1, 10, **share),
        fact("cooperative.shares", "cooperative.share_answered.v1", SHARE, 2, 11, **share, answer="accepted"),
        fact("cooperative.lines", "cooperative.line_filled.v1", LINE, 1, 12, order_id=ORDER, filled=4),
    ]  # fmt: skip


def _take_in(evidence: Evidence) -> None:
    for name, takes in RECEIVES.items():
        kept = evidence.services[name]
        for topic in set(takes.values()):
            kept.positions[topic, 0] = evidence.ends[topic, 0]
            kept.inbox |= {one.id for one in evidence.topics[topic] if one.type in takes}


def _keep_rows(services: dict[str, Kept]) -> None:
    lot = {
        "id": LOT,
        "listed": 10,
        "corrections": 2,
        "available": 8,
        "held": 0,
        "committed": 4,
        "collected": 0,
        "waiting": 0,
        "returned": 0,
        "rejected": 0,
    }
    hold = {
        "share_id": SHARE,
        "lot_id": LOT,
        "held": 0,
        "committed": 4,
        "state": "committed",
        "expires_at": None,
    }
    services["catalog"].tables = {"lots": [{**lot, "version": 2}], "holds": [hold], "weighings": []}
    services["notify"].tables = {"messages": [{"fact": f"orders.placed.v1/{ORDER}/1"}]}
    _keep_rows_of_orders(services["orders"])
    _keep_rows_of_cooperative(services["cooperative"])


def _keep_rows_of_orders(orders: Kept) -> None:
    orders.tables = {
        "lots": [{"id": LOT, "price": 5, "available": 12, "withdrawn": False, "version": 2}],
        "windows": [{"id": WINDOW, "called_off": None, "closed_at": EARLIER, "closes_at": EARLIER}],
        "orders": [{"id": ORDER, "version": 1}],
        "lines": [{"line_id": LINE, "filled": 4}],
        "timeline": [{"subject_id": ORDER, "what": "cooperative.line_filled.v1"}],
    }


def _keep_rows_of_cooperative(cooperative: Kept) -> None:
    window = {"id": WINDOW, "status": "firm", "shared": True, "asks_until": None, "firm_at": EARLIER}
    share = {
        "id": SHARE,
        "window_id": WINDOW,
        "line_id": LINE,
        "status": "committed",
        "quantity": 4,
        "collected": None,
        "version": 2,
    }
    cooperative.tables = {
        "windows": [window],
        "lines": [
            {"id": LINE, "window_id": WINDOW, "quantity": 4, "filled": 4, "collected": False, "version": 1}
        ],
        "shares": [{**share, "answer_by": EARLIER}],
        "orders": [{"order_id": ORDER, "version": 1}],
        "weighings": [],
        "books": [{"window_id": WINDOW, "digest": DIGEST, "closed_at": EARLIER}],
    }


def row(evidence: Evidence, service: str, table: str) -> dict[str, Any]:
    """The one row of a table, to be changed."""
    return evidence.services[service].tables[table][0]


def also(evidence: Evidence, one: Fact) -> None:
    """One more committed event, carried and taken in."""
    evidence.services[one.topic.partition(".")[0]].outbox.append(one)
    carry(evidence, one)


def carry(evidence: Evidence, one: Fact, partition: int = 0) -> None:
    """A record at the end of its topic, taken in by all who take its type."""
    records = evidence.topics[one.topic]
    records.append(record(one, len(records), partition))
    evidence.ends[one.topic, 0] = len(records)
    for name, takes in RECEIVES.items():
        if one.topic in takes.values():
            evidence.services[name].positions[one.topic, 0] = len(records)
            evidence.services[name].inbox |= {one.id} if one.type in takes else set()


def changed(one: Fact, **news: Any) -> Fact:
    return replace(copy.copy(one), **news)


def seen(evidence: Evidence) -> set[tuple[Anomaly, str]]:
    """Which anomalies are found, and where."""
    return {(one.anomaly, one.where) for one in judge(evidence)}
