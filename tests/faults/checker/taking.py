"""Each consumer has taken in every event that concerns it, once, with one effect."""

from collections import Counter

from tests.faults.checker.evidence import Carried, Evidence, Kept
from tests.faults.checker.violation import Anomaly, Violation, Violations

OUTCOMES = ("cooperative.line_filled.v1", "cooperative.line_short.v1", "cooperative.line_collected.v1")


def judge_taking(evidence: Evidence) -> Violations:
    """Inboxes and positions against topics, then effects."""
    for kept in evidence.services.values():
        yield from _taken(evidence, kept)
        yield from _read_to_the_end(evidence, kept)
        yield from _caused_once(kept)
    yield from _told_once(evidence)
    yield from _noted_once(evidence)


def _taken(evidence: Evidence, kept: Kept) -> Violations:
    concern = {record.id: record for record in evidence.concern(kept.service)}
    for record in concern.values():
        if record.id not in kept.inbox:
            what = f"{record.type} v{record.version} was never taken in"
            yield Violation(Anomaly.SKIP, kept.service, record.key, what, record.at)
    on_topics = {one.id for records in evidence.topics.values() for one in records}
    for unknown in sorted(kept.inbox - on_topics):
        yield Violation(Anomaly.PHANTOM, kept.service, unknown, "taken in, and on no topic")


def _read_to_the_end(evidence: Evidence, kept: Kept) -> Violations:
    topics = set(evidence.receives.get(kept.service, {}).values())
    for (topic, part), end in sorted(evidence.ends.items()):
        at = kept.positions.get((topic, part), 0)
        if topic in topics and at != end:
            anomaly = Anomaly.SKIP if at < end else Anomaly.PHANTOM
            yield Violation(anomaly, kept.service, f"{topic}/{part}", f"read up to {at} of {end}")


def _caused_once(kept: Kept) -> Violations:
    """One event makes another of the same thing at most once."""
    caused = Counter(
        (fact.type, fact.key, fact.cause) for fact in kept.outbox if fact.cause and not fact.is_dead_letter
    )
    for (made, key, cause), times in caused.items():
        if times > 1:
            yield Violation(Anomaly.DUPLICATE, kept.service, key, f"{cause} caused {made} {times} times")


def _told_once(evidence: Evidence) -> Violations:
    """Each fact that concerns a person is one message to one person."""
    if "notify" not in evidence.services:
        return
    told = Counter(row["fact"] for row in evidence.services["notify"].rows("messages"))
    for records in evidence.heard("notify").values():
        for record in records:
            silent = _tells_nobody(record)
            if told[record.id] != (0 if silent else 1):
                what = f"{record.type} v{record.version} told {told[record.id]} times"
                anomaly = Anomaly.DUPLICATE if told[record.id] else Anomaly.SKIP
                yield Violation(anomaly, "notify", record.key, what, record.at)


def _tells_nobody(record: Carried) -> bool:
    """A question ends that was never put; a line is there as it was promised."""
    if record.type == "cooperative.line_collected.v1":
        return bool(record.body["filled"] == record.body["promised"])
    return record.type == "cooperative.share_changed.v1" and not record.body["asked"]


def _noted_once(evidence: Evidence) -> Violations:
    """Each outcome of a line stands once in the story of its order."""
    if "orders" not in evidence.services:
        return
    noted = Counter(
        row["subject_id"] for row in evidence.services["orders"].rows("timeline") if row["what"] in OUTCOMES
    )
    due = Counter(
        record.body["order_id"]
        for records in evidence.heard("orders").values()
        for record in records
        if record.type in OUTCOMES
    )
    for order in sorted(noted.keys() | due.keys()):
        if noted[order] != due[order]:
            anomaly = Anomaly.DUPLICATE if noted[order] > due[order] else Anomaly.SKIP
            yield Violation(
                anomaly, "orders", order, f"{due[order]} outcomes of lines, noted {noted[order]} times"
            )
