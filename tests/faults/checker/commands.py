"""Every yes is there, nothing else is, and who got no answer finds it done once or not at all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tests.faults.checker.evidence import Asked, Evidence, Fact
from tests.faults.checker.violation import Anomaly, Violation, Violations

Marker = Callable[[Mapping[str, Any]], str]
MARKERS: Mapping[str, Marker] = {
    "catalog.lot_listed.v1": lambda body: str(body["certificates"][0]),
    "catalog.lot_repriced.v1": lambda body: f"price-{body['price']}",
    "catalog.lot_corrected.v1": lambda body: str(body["reason"]),
    "catalog.lot_withdrawn.v1": lambda body: str(body["reason"]),
    "orders.placed.v1": lambda body: f"cap-{body['lines'][0]['cap']}",
    "orders.changed.v1": lambda body: f"cap-{body['lines'][0]['cap']}",
    "orders.cancelled.v1": lambda body: str(body["reason"]),
    "cooperative.window_announced.v1": lambda body: str(body["name"]),
    "cooperative.window_called_off.v1": lambda body: str(body["reason"]),
    "cooperative.commodity_listed.v1": lambda body: str(body["name"]),
    "cooperative.share_answered.v1": lambda body: f"{body['share_id']}:{body['answer']}",
}
"""By what each wish of a client is known again in the event that granted it."""

Wish = tuple[str, str]


def judge_commands(evidence: Evidence) -> Violations:
    """Hold what clients were told against what the services committed."""
    granted = _granted(evidence)
    asked: dict[Wish, list[Asked]] = defaultdict(list)
    for one in evidence.asked:
        asked[one.type, one.marker].append(one)
    for wish in sorted(asked.keys() | granted.keys()):
        yield from _judge(wish, asked[wish], granted.get(wish, []))


def _by_itself(fact: Fact) -> bool:
    """What no client asked for: a plan's window, one whose book came to too little, an order that joins the next."""
    return any(fact.body.get(why) for why in ("plan_id", "too_small", "joined"))


def _granted(evidence: Evidence) -> dict[Wish, list[Fact]]:
    called_off = {
        fact.body["reason"] for fact in evidence.facts("cooperative", "cooperative.window_called_off.v1")
    }
    found: dict[Wish, list[Fact]] = defaultdict(list)
    for service in evidence.services:
        for fact in evidence.facts(service, *MARKERS):
            marker = MARKERS[fact.type](fact.body)
            told_off = fact.type == "orders.cancelled.v1" and marker in called_off
            if not told_off and not _by_itself(fact):
                found[fact.type, marker].append(fact)
    return found


def _judge(wish: Wish, asked: list[Asked], granted: list[Fact]) -> Violations:
    kind, marker = wish
    outcomes = Counter(one.outcome for one in asked)
    least, most = outcomes["acknowledged"], outcomes["acknowledged"] + outcomes["unknown"]
    told = f"{kind} asked {len(asked)} times ({dict(outcomes)}), done {len(granted)} times"
    at = asked[0].at if asked else granted[0].at
    if len(granted) < least:
        yield Violation(Anomaly.LOST_WRITE, kind, marker, told, at)
    elif len(granted) > most:
        again = most > 0
        yield Violation(Anomaly.DUPLICATE if again else Anomaly.PHANTOM, kind, marker, told, at)
    for subject in {one.subject for one in asked if one.subject} - {fact.key for fact in granted}:
        yield Violation(Anomaly.LOST_WRITE, kind, marker, f"answered for {subject}, done for another", at)
