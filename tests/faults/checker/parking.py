"""What was set aside: only what cannot be read and what comes after it of the same key; nothing of that was applied."""

from collections import Counter

from tests.faults.checker.evidence import Carried, Evidence, Kept, Row
from tests.faults.checker.violation import Anomaly, Violation, Violations


def judge_parking(evidence: Evidence) -> Violations:
    """Service by service, both ways; then the dead letters."""
    for kept in evidence.services.values():
        wanted = {record.id: record for record in _to_park(evidence, kept.service)}
        parked = {row["event_id"]: row for row in kept.parked}
        for event, record in wanted.items():
            if event not in parked:
                what = f"{record.type} v{record.version} was applied behind a parked event of its key"
                yield Violation(Anomaly.SKIP, kept.service, record.key, what, record.at)
        for event, row in parked.items():
            if event not in wanted:
                yield Violation(Anomaly.UNACCOUNTED, kept.service, row["key"], _why(row))
        yield from _dead_letters(evidence, kept)


def _to_park(evidence: Evidence, service: str) -> list[Carried]:
    """What the suite made unreadable for this service, and all that comes behind it."""
    takes = evidence.receives.get(service, {})
    poison = [
        record
        for records in evidence.topics.values()
        for record in records
        if record.id in evidence.injected and takes.get(record.type) == record.topic
    ]
    return poison + [record for record in evidence.concern(service) if not evidence.reaches(service, record)]


def _why(row: Row) -> str:
    return f"parked at {row['topic']}/{row['partition']}/{row['record_offset']} because: {row['cause'][:300]}"


def _dead_letters(evidence: Evidence, kept: Kept) -> Violations:
    """Each parked record is one dead letter, in the outbox once and on its topic, untouched."""
    emitted = Counter(fact.place for fact in kept.outbox if fact.is_dead_letter)
    told = {
        record.headers.get("lumbung_place", ""): record
        for record in evidence.topics.get(f"{kept.service}.dead-letters", [])
    }
    originals = {_place(record): record for records in evidence.topics.values() for record in records}
    places = {f"{row['topic']}/{row['partition']}/{row['record_offset']}": row for row in kept.parked}
    for place, row in places.items():
        if emitted[place] != 1:
            what = f"parked, and {emitted[place]} dead letters"
            yield Violation(Anomaly.UNACCOUNTED, kept.service, row["key"], what)
        elif place not in told:
            yield Violation(
                Anomaly.LOST_WRITE, kept.service, row["key"], "its dead letter is not on the topic"
            )
        elif place in originals and told[place].value != originals[place].value:
            yield Violation(Anomaly.PHANTOM, kept.service, row["key"], "its dead letter is not as it came")
    for place in sorted(told.keys() - places.keys()):
        yield Violation(Anomaly.PHANTOM, kept.service, place, "a dead letter of nothing that is parked")


def _place(record: Carried) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
