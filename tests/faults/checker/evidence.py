"""What is judged: rows of each service's database, records of each topic, and what the clients were told."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

Place = tuple[str, int]
Row = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """A row of an outbox."""

    id: str
    topic: str
    key: str
    type: str
    version: int
    value: bytes
    at: datetime
    cause: str | None = None
    is_dead_letter: bool = False
    place: str = ""
    """Where the original of a dead letter stood."""

    @property
    def body(self) -> Row:
        told: Row = json.loads(self.value)
        return told


@dataclass(frozen=True)
class Carried:
    """A record of a topic; without an id where it carries none that can be read."""

    topic: str
    partition: int
    offset: int
    key: str
    value: bytes | None
    headers: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.headers.get("ce_id", "")

    @property
    def type(self) -> str:
        return self.headers.get("ce_type", "")

    @property
    def version(self) -> int:
        told = self.headers.get("ce_aggregateversion", "")
        return int(told) if told.isdigit() else 0

    @property
    def at(self) -> datetime | None:
        told = self.headers.get("ce_time")
        return datetime.fromisoformat(told).astimezone(UTC) if told else None

    @property
    def body(self) -> Row:
        told: Row = json.loads(self.value or b"{}")
        return told


@dataclass
class Kept:
    """One service's database. `tables` are its own, a row as JSON."""

    service: str
    outbox: list[Fact] = field(default_factory=list)
    inbox: set[str] = field(default_factory=set)
    positions: dict[Place, int] = field(default_factory=dict)
    parked: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def by(self, table: str, column: str = "id") -> dict[str, Row]:
        return {row[column]: row for row in self.rows(table)}


@dataclass(frozen=True)
class Asked:
    """A command of a client, as far as it is judged."""

    type: str
    marker: str
    outcome: str
    subject: str | None = None
    at: datetime | None = None


@dataclass
class Evidence:
    """`receives`: per service the types it takes, as the contract says. `injected` are ids the suite itself made."""

    now: datetime
    services: dict[str, Kept]
    topics: dict[str, list[Carried]]
    ends: dict[Place, int]
    asked: Sequence[Asked]
    receives: Mapping[str, Mapping[str, str]]
    injected: frozenset[str] = frozenset()

    def facts(self, service: str, *types: str) -> Iterator[Fact]:
        """What a service emitted of these types (all where none is named), without its dead letters."""
        for fact in self.services[service].outbox:
            if not fact.is_dead_letter and (not types or fact.type in types):
                yield fact

    @cached_property
    def first(self) -> dict[str, dict[str, Carried]]:
        """Per topic of facts, each event at its first appearance, in the order of its partition."""
        return {topic: _first(records) for topic, records in self.topics.items() if is_of_facts(topic)}

    @cached_property
    def poisoned(self) -> dict[tuple[str, str], Carried]:
        """Per topic and key the first record that the suite made unreadable on purpose."""
        found: dict[tuple[str, str], Carried] = {}
        for records in self.topics.values():
            for record in records:
                if record.id in self.injected:
                    found.setdefault((record.topic, record.key), record)
        return found

    def concern(self, service: str) -> Iterator[Carried]:
        """The events that a service must take in, once each, whatever was repeated."""
        takes = self.receives.get(service, {})
        for topic in sorted(set(takes.values())):
            for record in self.first.get(topic, {}).values():
                if takes.get(record.type) == topic and record.id not in self.injected:
                    yield record

    def reaches(self, service: str, record: Carried) -> bool:
        """Whether a service that wants it applies it; not behind one of its key that it wants too and cannot read."""
        poison = self.poisoned.get((record.topic, record.key))
        takes = self.receives.get(service, {})
        return poison is None or takes.get(poison.type) != poison.topic or record.offset < poison.offset

    def heard(self, service: str) -> dict[str, list[Carried]]:
        """What a service has to have applied, by key, in order."""
        by_key = defaultdict(list)
        for record in self.concern(service):
            if self.reaches(service, record):
                by_key[record.key].append(record)
        return by_key


def is_of_facts(topic: str) -> bool:
    return not topic.endswith(".dead-letters")


def _first(records: Iterable[Carried]) -> dict[str, Carried]:
    found: dict[str, Carried] = {}
    for record in records:
        found.setdefault(record.id, record)
    return found
