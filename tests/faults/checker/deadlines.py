"""No state outlives its time: what fell due, also during an outage, has happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.faults.checker.evidence import Evidence, Row
from tests.faults.checker.violation import Anomaly, Violation, Violations

GRACE = timedelta(seconds=15)
OPEN_SHARE = {"wanted", "offered"}
STANDING_SHARE = {"wanted", "offered", "accepted", "reduced"}


def judge_deadlines(evidence: Evidence) -> Violations:
    """By the judged clock, and by the states themselves: a duty that was never written down is late too."""
    before = evidence.now - GRACE
    yield from _due(evidence, before)
    yield from _holds(evidence, before)
    yield from _books(evidence, before)
    if "cooperative" in evidence.services:
        yield from _windows(evidence, before)
        yield from _settled(evidence)


def _due(evidence: Evidence, before: datetime) -> Violations:
    for service, kept in evidence.services.items():
        for row in kept.due:
            if _time(row["at"]) < before and not _behind_poison(evidence, row["key"]):
                yield _late(service, row["key"], f"{row['kind']} fell due at {row['at']}", row["at"])


def _holds(evidence: Evidence, before: datetime) -> Violations:
    for hold in evidence.services["catalog"].rows("holds"):
        ends = hold["expires_at"]
        if hold["state"] == "held" and ends and _time(ends) < before:
            yield _late("catalog", hold["share_id"], f"{hold['held']} held beyond {ends}", ends)


def _books(evidence: Evidence, before: datetime) -> Violations:
    for window in evidence.services["orders"].rows("windows") if "orders" in evidence.services else []:
        is_open = window["closed_at"] is None and window["called_off"] is None
        if is_open and _time(window["closes_at"]) < before:
            yield _late("orders", window["id"], "its book is still open", window["closes_at"])


def _windows(evidence: Evidence, before: datetime) -> Violations:
    cooperative = evidence.services["cooperative"]
    windows = cooperative.by("windows")
    for key, window in windows.items():
        if window["status"] == "announced" and _time(window["firm_at"]) < before:
            yield _late("cooperative", key, "it is past its time and not firm", window["firm_at"])
        if window["asks_until"] and _time(window["asks_until"]) < before:
            yield _late("cooperative", key, "its round is still open", window["asks_until"])
    for share in cooperative.rows("shares"):
        if share["status"] in OPEN_SHARE and _time(share["answer_by"]) < before:
            yield _late("cooperative", share["id"], f"still {share['status']}", share["answer_by"])
        elif share["status"] in STANDING_SHARE and windows[share["window_id"]]["status"] != "announced":
            yield _late("cooperative", share["id"], f"still {share['status']} in a window that ended")


def _settled(evidence: Evidence) -> Violations:
    """Once a window is firm, every commitment that was wanted is answered, and every line told."""
    cooperative = evidence.services["cooperative"]
    windows = cooperative.by("windows")
    for share in cooperative.rows("shares"):
        if share["status"] == "committing":
            yield _late("cooperative", share["id"], "a commitment was wanted and never answered")
    for line in cooperative.rows("lines"):
        if windows[line["window_id"]]["status"] == "firm" and line["filled"] is None:
            yield _late("cooperative", line["id"], "its window is firm and nobody was told of it")
    for book in cooperative.rows("books"):
        window = windows.get(book["window_id"])
        if window and not window["shared"] and window["status"] != "called_off":
            yield _late(
                "cooperative", book["window_id"], "its book is here and was never shared", book["closed_at"]
            )


def _behind_poison(evidence: Evidence, key: str) -> bool:
    return any(key == poisoned for _, poisoned in evidence.poisoned)


def _late(where: str, key: str, what: str, at: Any = None) -> Violation:
    return Violation(Anomaly.LATE, where, key, what, _time(at) if at else None)


def _time(told: Row | str) -> datetime:
    return datetime.fromisoformat(str(told)).astimezone(UTC)
