"""Records that the Kafka client itself cannot read: their partition stands still, the others go on."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import CorruptRecordException

from services.chassis.places import Places

log = logging.getLogger(__name__)

LAST_MS = 200
UNREADABLE = (UnicodeDecodeError, CorruptRecordException)
Taken = Mapping[TopicPartition, Sequence[Any]]


@dataclass(slots=True)
class Reading:
    """Takes records, and remembers the partitions that stand still before one that cannot be read.

    aiokafka decodes the names of headers itself. Where that fails it gives nothing of the batch, and what
    it had in hand of other partitions is lost with its error.
    """

    kafka: Any
    places: Places
    stuck: dict[TopicPartition, str] = field(default_factory=dict)

    @property
    def standing_still(self) -> list[str]:
        """Where, and why, of the partitions that are ours now."""
        ours = self.kafka.assignment()
        return [why for part, why in sorted(self.stuck.items()) if part in ours]

    async def take(self, timeout_ms: int, most: int) -> Taken:
        """The next records of all assigned partitions."""
        try:
            taken: Taken = await self.kafka.getmany(timeout_ms=timeout_ms, max_records=most)
        except UNREADABLE:
            return await self._one_by_one(most)
        return taken

    async def _one_by_one(self, most: int) -> Taken:
        parts = sorted(self.kafka.assignment() & self.places.next.keys())
        for part in parts:
            self.kafka.seek(part, self.places.next[part])
        return {part: await self._up_to_unreadable(part, most) for part in parts}

    async def _up_to_unreadable(self, part: TopicPartition, most: int) -> Sequence[Any]:
        taken: list[Any] = []
        try:
            while len(taken) < most and (
                some := await self.kafka.getmany(part, timeout_ms=LAST_MS, max_records=1)
            ):
                taken += some[part]
        except UNREADABLE as error:
            place = f"{part.topic}/{part.partition}/{await self.kafka.position(part)}"
            self.stuck[part] = f"{place} cannot be read by the Kafka client: {error}"
            self.kafka.pause(part)
            log.critical("%s; its partition stands still, the others go on", self.stuck[part])
        return taken
