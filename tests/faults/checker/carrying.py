"""Every committed event is on its topic, nothing else is, and each thing's versions count 1 to n in that order."""

from collections import defaultdict
from collections.abc import Iterable

from tests.faults.checker.evidence import Carried, Evidence, Fact, is_of_facts
from tests.faults.checker.violation import Anomaly, Violation, Violations


def judge_carrying(evidence: Evidence) -> Violations:
    """Outbox against topics, both ways; then the order of first appearances."""
    emitted = {fact.id: fact for service in evidence.services for fact in evidence.facts(service)}
    carried = {record.id: record for records in evidence.first.values() for record in records.values()}
    for fact in emitted.values():
        yield from _is_carried(fact, carried.get(fact.id))
    for record in carried.values():
        if record.id not in emitted and record.id not in evidence.injected:
            what = f"{record.type} v{record.version} is on the topic and in no outbox"
            yield Violation(Anomaly.PHANTOM, record.topic, record.key, what, record.at)
    yield from _versions(emitted.values())
    for topic, records in evidence.first.items():
        yield from _order(topic, [one for one in records.values() if one.id not in evidence.injected])
    yield from _repeats(evidence)


def _is_carried(fact: Fact, record: Carried | None) -> Violations:
    if record is None:
        what = f"{fact.type} v{fact.version} was committed and is not on its topic"
        yield Violation(Anomaly.LOST_WRITE, fact.topic, fact.key, what, fact.at)
    elif (record.topic, record.key, record.value) != (fact.topic, fact.key, fact.value):
        what = f"{fact.type} v{fact.version} is another on the topic than in the outbox"
        yield Violation(Anomaly.PHANTOM, fact.topic, fact.key, what, fact.at)


def _versions(facts: Iterable[Fact]) -> Violations:
    """As committed: no version is left out, none is given twice."""
    by_key: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_key[fact.topic, fact.key].append(fact)
    for (topic, key), some in by_key.items():
        versions = sorted(fact.version for fact in some)
        if versions != list(range(1, len(versions) + 1)):
            twice = len(set(versions)) < len(versions)
            anomaly = Anomaly.DUPLICATE if twice else Anomaly.SKIP
            yield Violation(anomaly, topic, key, f"committed in versions {versions}", some[-1].at)


def _order(topic: str, first: Iterable[Carried]) -> Violations:
    """As told: the first appearance of each version comes right after that of the version before it."""
    by_key: dict[str, list[Carried]] = defaultdict(list)
    for record in first:
        by_key[record.key].append(record)
    for key, records in by_key.items():
        versions = [record.version for record in records]
        if len({record.partition for record in records}) > 1:
            yield Violation(Anomaly.REORDER, topic, key, "told in several partitions", records[-1].at)
        if versions != sorted(versions):
            yield Violation(Anomaly.REORDER, topic, key, f"told in the order {versions}", records[-1].at)
        elif versions != list(range(1, len(versions) + 1)):
            yield Violation(Anomaly.SKIP, topic, key, f"told in versions {versions}", records[-1].at)


def _repeats(evidence: Evidence) -> Violations:
    """A record may come again, as it was."""
    for topic, records in evidence.topics.items():
        if not is_of_facts(topic):
            continue
        for record in records:
            first = evidence.first[topic][record.id]
            if (record.key, record.value, record.version) != (first.key, first.value, first.version):
                what = f"two records with the id {record.id} differ"
                yield Violation(Anomaly.PHANTOM, topic, record.key, what, record.at)
