"""What Kafka tells of the topics a service reads: where they begin and end, and how far behind the service is."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError

from services.chassis.failure import in_words, is_transient, pause
from services.chassis.positions import Bounds

CALL_S = 5
WATCH_S = 2


class Topics:
    """The topics of one replica. `lag` and `away` are as of the last look, a moment ago."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        self.kafka: Any = None
        self.lag_by_topic: dict[str, int] = {}
        """Events of the assigned partitions that are not taken yet."""
        self.away = ""
        """Why Kafka tells nothing, while it does not; an idle consumer would not notice."""
        self.moved_at = time.monotonic()
        """When a position last moved, or all was taken."""
        self._seen: dict[TopicPartition, int] = {}

    @property
    def lag(self) -> int:
        return sum(self.lag_by_topic.values())

    async def ends(self, names: Iterable[str]) -> Bounds:
        """First and next offset of every partition of the topics, as of now.

        Raises:
            ConnectionError: the broker does not answer, or knows no such topic.
            TimeoutError: it takes too long.
        """
        parts = [part for name in names for part in self._parts(name)]
        async with asyncio.timeout(CALL_S):
            first = await self.kafka.beginning_offsets(parts)
            after = await self.kafka.end_offsets(parts)
        return {part: (first[part], after[part]) for part in parts}

    async def watch(self, stopping: asyncio.Event) -> None:
        """Look again and again, until told to stop."""
        while not stopping.is_set():
            if self.kafka is not None:
                await self._look()
            await pause(stopping, WATCH_S)

    async def _look(self) -> None:
        try:
            bounds = await self.ends(self.names)
            async with asyncio.timeout(CALL_S):
                reached = {part: await self.kafka.position(part) for part in self.kafka.assignment()}
        except IllegalStateError:
            return  # a rebalance meanwhile: look again
        except Exception as error:
            if not is_transient(error):
                raise
            self.away, self.moved_at = f"Kafka: {in_words(error)}", time.monotonic()
            return
        self.away = ""
        self.lag_by_topic = dict.fromkeys(self.names, 0)
        for part, at in reached.items():
            self.lag_by_topic[part.topic] += max(0, bounds[part][1] - at)
        self._note_progress(
            {part: at for part, at in reached.items() if part not in self.kafka.paused()}, bounds
        )

    def _note_progress(self, reached: Mapping[TopicPartition, int], bounds: Bounds) -> None:
        """Something moved, or nothing is to be taken; a partition that was set aside is not waited for."""
        at_end = all(at >= bounds[part][1] for part, at in reached.items())
        if at_end or reached != self._seen:
            self.moved_at = time.monotonic()
        self._seen = dict(reached)

    def _parts(self, name: str) -> list[TopicPartition]:
        found = self.kafka.partitions_for_topic(name) if self.kafka else None
        if not found:
            raise ConnectionError(f"Kafka does not tell of the topic {name}")
        return [TopicPartition(name, part) for part in found]
