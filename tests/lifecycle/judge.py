"""What is judged: after each step what holds in the middle of everything, and all of it at rest.

Most is the fault suite's, which shares no code with the services; `identities` are what it cannot see from outside.
"""

from collections import defaultdict

from infra.topics import ASYNCAPI
from services.chassis.record import Record
from tests.faults.checker import Evidence, Violation
from tests.faults.checker.books import judge_books
from tests.faults.checker.commands import judge_commands
from tests.faults.checker.evidence import Carried
from tests.faults.checker.gather import contract
from tests.faults.checker.judge import INVARIANTS
from tests.faults.checker.projections import judge_projections
from tests.faults.checker.stock import judge_stock
from tests.faults.checker.violation import Violations
from tests.lifecycle.identities import AFTER_EACH_STEP, AT_REST, Now

_, RECEIVES = contract(ASYNCAPI)
SUITE = [one for one in INVARIANTS if one is not judge_commands]
"""What people asked for is known here by its answer, not by a mark in it."""


def judge_step(now: Now) -> Violations:
    """What holds however late the news is, and whatever has just died."""
    everything = _evidence(now)
    yield from judge_stock(everything)
    yield from judge_books(everything)
    for service in now.seen:
        yield from judge_projections(_as_heard(now, service))
    for identity in AFTER_EACH_STEP:
        yield from identity(now)


def judge_at_rest(now: Now) -> Violations:
    """What holds once all is told, heard and done."""
    everything = _evidence(now)
    for judged in SUITE:
        yield from judged(everything)
    for identity in AT_REST:
        yield from identity(now)


def _evidence(now: Now) -> Evidence:
    records: dict[str, list[Carried]] = defaultdict(list)
    for part, log in now.transport.logs.records.items():
        records[part.topic] += [_carried(one) for one in log]
    ends = {(part.topic, part.partition): len(log) for part, log in now.transport.logs.records.items()}
    return Evidence(now.at, dict(now.seen), records, ends, (), RECEIVES)


def _as_heard(now: Now, service: str) -> Evidence:
    """The topics as far as this service has read them, and nothing else."""
    kept = now.seen[service]
    records: dict[str, list[Carried]] = defaultdict(list)
    for part, log in now.transport.logs.records.items():
        reached = kept.positions.get((part.topic, part.partition), 0)
        records[part.topic] += [_carried(one) for one in log[:reached]]
    return Evidence(now.at, {service: kept}, records, {}, (), {service: RECEIVES.get(service, {})})


def _carried(one: Record) -> Carried:
    headers = {name: (value or b"").decode() for name, value in one.headers}
    return Carried(one.topic, one.partition, one.offset, one.key_text, one.value or b"", headers)


def first(violations: Violations) -> Violation | None:
    return next(iter(violations), None)
