"""Identities that the fault suite cannot judge from outside, or not in the middle of everything."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from infra.contracts.judge import misfit
from tests.faults.checker import Anomaly, Violation
from tests.faults.checker.evidence import Row
from tests.faults.checker.violation import Violations, moment
from tests.lifecycle.look import Said, Seen
from tests.lifecycle.transport import Transport

STANDS = {"offered", "accepted", "reduced"}


@dataclass(frozen=True)
class Now:
    """All that can be judged at one moment. `granted`: what people were told is done, by type and thing."""

    seen: Mapping[str, Seen]
    transport: Transport
    granted: Counter[Said]
    at: datetime


def nothing_breaks(now: Now) -> Violations:
    """No event is parked, no duty is put off, no record of the engine is refused by the verifier."""
    for name, kept in now.seen.items():
        for row in kept.parked:
            yield Violation(
                Anomaly.UNACCOUNTED, name, row["key"], f"parked {row['type']}: {row['cause'][:300]}"
            )
        for row in kept.due:
            if row["attempts"]:
                yield Violation(Anomaly.LATE, name, row["key"], f"{row['kind']} failed and was put off")
    for row in now.seen["cooperative"].rows("sharings"):
        if row["status"] == "held":
            yield Violation(Anomaly.IDENTITY, "cooperative", row["id"], f"held: {row['complaint']}")


def every_yes_is_done_once(now: Now) -> Violations:
    """What people were told is done is a fact, once, and people brought no other facts about."""
    said = Counter[Said]()
    for kept in now.seen.values():
        said += kept.said
    for one in sorted(said.keys() | now.granted.keys()):
        if said[one] != now.granted[one]:
            what = f"{one[0]}: {now.granted[one]} times granted, {said[one]} times done"
            anomaly = Anomaly.LOST_WRITE if said[one] < now.granted[one] else Anomaly.DUPLICATE
            yield Violation(anomaly, one[0].partition(".")[0], one[1], what)


def promised_stock_is_there(now: Now) -> Violations:
    """What a seller is asked for, or has said yes to, catalog holds until it is committed."""
    holds = now.seen["catalog"].by("holds", "share_id")
    for share in now.seen["cooperative"].rows("shares"):
        hold = holds.get(share["id"])
        if (
            share["status"] in STANDS
            and hold
            and hold["state"] != "expired"
            and hold["held"] < share["quantity"]
        ):
            what = f"{share['status']} with {share['quantity']}, and {hold['held']} held ({hold['state']})"
            yield Violation(Anomaly.IDENTITY, "catalog", share["id"], what)


def buyers_are_told_what_is_committed(now: Now) -> Violations:
    """What orders shows a buyer is never ahead of what catalog has committed, and he never gets what he cancelled."""
    holds = now.seen["catalog"].by("holds", "share_id")
    committed = Counter[str]()
    for share in now.seen["cooperative"].rows("shares"):
        committed[share["line_id"]] += holds.get(share["id"], {}).get("committed", 0)
    cancelled = {row["id"] for row in now.seen["orders"].rows("orders") if row["status"] == "cancelled"}
    for line in now.seen["orders"].rows("lines"):
        shown = line["filled"] or 0
        if shown > committed[line["line_id"]] or (shown and line["order_id"] in cancelled):
            what = f"the buyer is shown {shown}, committed is {committed[line['line_id']]}"
            yield Violation(Anomaly.PHANTOM, "orders", line["line_id"], what)


def called_off_binds_nobody(now: Now) -> Violations:
    """Nothing is committed for a window that was called off; nobody is asked for longer than until firm."""
    holds, windows = now.seen["catalog"].by("holds", "share_id"), now.seen["cooperative"].by("windows")
    for share in now.seen["cooperative"].rows("shares"):
        window, hold = windows[share["window_id"]], holds.get(share["id"], {})
        if window["status"] == "called_off" and hold.get("committed"):
            what = f"{hold['committed']} committed for a window that was called off"
            yield Violation(Anomaly.PHANTOM, "catalog", share["id"], what)
        if share["answer_by"] > window["firm_at"]:
            yield Violation(Anomaly.IDENTITY, "cooperative", share["id"], "asked for longer than until firm")


def what_is_held_is_wanted(now: Now) -> Violations:
    """At rest catalog holds of each share what may still come of it, and nothing of one that has ended."""
    holds = now.seen["catalog"].by("holds", "share_id")
    for share in now.seen["cooperative"].rows("shares"):
        hold = holds.get(share["id"])
        if hold and hold["state"] == "held" and hold["held"] != (wanted := _still_wanted(share)):
            what = f"{hold['held']} held, {wanted} wanted ({share['status']})"
            yield Violation(Anomaly.IDENTITY, "catalog", share["id"], what)


def _still_wanted(share: Row) -> int:
    if share["round_open"]:
        return int(share["held"]) - int(share["released"])
    return int(share["quantity"]) if share["status"] in STANDS else 0


def events_fit_their_schemas(now: Now) -> Violations:
    """What the services promise of their events, they keep."""
    for name, kept in now.seen.items():
        for fact in kept.outbox:
            if not fact.is_dead_letter and (wrong := _misfit(fact.type, fact.value)):
                yield Violation(Anomaly.UNACCOUNTED, name, fact.key, wrong)


@lru_cache(100_000)
def _misfit(kind: str, value: bytes) -> str:
    return misfit(kind, json.loads(value))


def rounds_are_chained(now: Now) -> Violations:
    """The record of each round names that of the round before by its hash, unless all was shared anew."""
    by_window = defaultdict(list)
    for sharing in now.seen["cooperative"].rows("sharings"):
        if sharing["status"] == "published":
            by_window[sharing["window_id"]].append(sharing)
    for sharings in by_window.values():
        before = None
        for sharing in sorted(sharings, key=lambda one: int(one["round"])):
            anew = sharing["first_id"] == sharing["id"]
            if sharing["previous_hash"] != (None if anew else before):
                yield Violation(
                    Anomaly.IDENTITY, "cooperative", sharing["id"], "does not name the round before"
                )
            before = sharing["record_hash"]


def nobody_is_told_twice(now: Now) -> Violations:
    """One message for one person and one fact."""
    told = Counter((row["person_id"], row["fact"]) for row in now.seen["notify"].rows("messages"))
    for (person, fact), times in told.items():
        if times > 1:
            yield Violation(Anomaly.DUPLICATE, "notify", person, f"told {times} times of {fact}")


def what_was_said_in_time_counts(now: Now) -> Violations:
    """A duty that ends what others may still say has heard what was on its topics when it fell due."""
    held, wanted = _arrived(now, "catalog.stock_held.v1"), _arrived(now, "cooperative.commit_wanted.v1")
    for share in now.seen["cooperative"].rows("shares"):
        at = held.get(share["id"])
        unheard = share["ended_by"] == "TOO_LATE_HELD" and not share["held"]
        if unheard and at and at < _at(share["answer_by"]):
            what = f"its hold was told {at:%H:%M}, and the round closed without hearing of it"
            yield Violation(Anomaly.SKIP, "cooperative", share["id"], what, at)
    for hold in now.seen["catalog"].rows("holds"):
        at = wanted.get(hold["share_id"])
        if hold["state"] == "expired" and at and at < _at(hold["expires_at"]):
            what = f"it expired, though its commitment was wanted at {at:%H:%M}"
            yield Violation(Anomaly.SKIP, "catalog", hold["share_id"], what, at)


def _arrived(now: Now, kind: str) -> dict[str, datetime]:
    """By share, when facts of this type came to their topic."""
    found: dict[str, datetime] = {}
    for record, at in now.transport.all_records():
        if ("ce_type", kind.encode()) in record.headers:
            found.setdefault(_share(record.value or b"{}"), at)
    return found


@lru_cache(100_000)
def _share(value: bytes) -> str:
    return str(json.loads(value)["share_id"])


def _at(told: str) -> datetime:
    found = moment(told)
    assert found is not None
    return found


AFTER_EACH_STEP = (
    nothing_breaks,
    every_yes_is_done_once,
    promised_stock_is_there,
    buyers_are_told_what_is_committed,
    called_off_binds_nobody,
    rounds_are_chained,
    nobody_is_told_twice,
    what_was_said_in_time_counts,
)
AT_REST = (what_is_held_is_wanted, events_fit_their_schemas)
