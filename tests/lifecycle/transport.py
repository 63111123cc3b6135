"""Instead of Kafka: the real outboxes are carried to logs, and the logs to the services' real groups of handlers.

Every key has a partition of its own, so nothing but a key's own order is promised. Ends and positions are those that a
service would see: a duty that must hear a topic first waits until it is delivered up to the end that it had then.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from aiokafka import TopicPartition
from sqlalchemy import text

from services.chassis.message import message
from services.chassis.positions import Bounds
from services.chassis.record import Record
from tests.harness.service import ServiceUnderTest
from tests.lifecycle.clock import StoryClock

ALL = 1_000_000
_WAITING = text(
    "SELECT *, xid::text AS at_xid FROM outbox"
    " WHERE (xid, id) > (CAST(CAST(:xid AS text) AS xid8), CAST(CAST(:id AS text) AS uuid))"
    " ORDER BY xid, id LIMIT :most"
)
"""In the relay's order. Nothing else writes meanwhile, so there is no open transaction to stay behind."""


@dataclass
class Logs:
    """What is on the topics, how far each outbox was carried, how far each service has read."""

    parts: dict[tuple[str, str], TopicPartition] = field(default_factory=dict)
    records: dict[TopicPartition, list[Record]] = field(default_factory=dict)
    arrived: dict[TopicPartition, list[datetime]] = field(default_factory=dict)
    carried: dict[str, tuple[str, str]] = field(default_factory=dict)
    read: dict[str, dict[TopicPartition, int]] = field(default_factory=lambda: defaultdict(dict))


class Transport:
    def __init__(self, services: Mapping[str, ServiceUnderTest], clock: StoryClock) -> None:
        self._services, self._clock = services, clock
        self.logs = Logs()

    def begins_again(self, logs: Logs | None = None) -> None:
        """With the records of a founding, or none."""
        self.logs = deepcopy(logs) if logs else Logs()

    async def carry(self, service: str, most: int = ALL, *, moves_on: bool = True) -> int:
        """Put what waits in an outbox on its topics; answers how much. Without `moves_on` it is put there again."""
        xid, last = self.carried(service)
        async with self._services[service].tx() as tx:
            waits = await tx.execute(_WAITING, {"xid": xid, "id": last, "most": most})
            rows = [dict(row._mapping) for row in waits]
        for row in rows:
            self._put(row)
        if rows and moves_on:
            self.logs.carried[service] = (rows[-1]["at_xid"], str(rows[-1]["id"]))
        return len(rows)

    def carried(self, service: str) -> tuple[str, str]:
        """Transaction and id of the last event that need not be carried again."""
        return self.logs.carried.get(service, ("0", str(UUID(int=0))))

    def _put(self, row: Mapping[str, Any]) -> None:
        part = self._part(row["aggregatetype"], row["aggregateid"])
        log = self.logs.records[part]
        original = row["original"] and json.dumps(row["original"])  # as the relay's own session reads it
        log.append(Record(part.topic, part.partition, len(log), **message({**row, "original": original})))
        self.logs.arrived[part].append(self._clock.moment)

    def _part(self, topic: str, key: str) -> TopicPartition:
        if (topic, key) not in self.logs.parts:
            part = TopicPartition(topic, sum(one == topic for one, _ in self.logs.parts))
            self.logs.parts[topic, key] = part
            self.logs.records[part], self.logs.arrived[part] = [], []
        return self.logs.parts[topic, key]

    def topics(self, service: str) -> frozenset[str]:
        return self._services[service].running.reactions.topics

    def waiting(self, service: str) -> list[TopicPartition]:
        """Of what a service listens to: the partitions that hold something it has not read."""
        topics, read = self.topics(service), self.logs.read[service]
        return [
            part
            for part, log in self.logs.records.items()
            if part.topic in topics and read.get(part, 0) < len(log)
        ]

    async def deliver(self, service: str, parts: Sequence[TopicPartition], most: int = ALL) -> int:
        """One group: of each of these partitions, in this order, the next records. Answers how many."""
        read = self.logs.read[service]
        group = [one for part in parts for one in self.logs.records[part][read.get(part, 0) :][:most]]
        if group:
            await self._services[service].takes(*group)
        for one in group:  # only what was applied to its end counts as read
            read[TopicPartition(one.topic, one.partition)] = one.offset + 1
        return len(group)

    def goes_back(self, service: str, by: int) -> None:
        """As after a rebalance whose offsets were not committed: of each partition the last records come again."""
        read = self.logs.read[service]
        for part in read:
            read[part] = max(0, read[part] - by)

    async def ends(self, topics: Iterable[str]) -> Bounds:
        """First and next offset of every partition of the topics, as of now."""
        wanted = set(topics)
        return {part: (0, len(log)) for part, log in self.logs.records.items() if part.topic in wanted}

    def all_records(self) -> Iterator[tuple[Record, datetime]]:
        """Every record with the moment at which it came to its topic."""
        for part, log in self.logs.records.items():
            yield from zip(log, self.logs.arrived[part], strict=True)
