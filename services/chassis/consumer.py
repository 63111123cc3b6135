"""Taking events from Kafka: a group at a time, database first, offsets after."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from services.chassis import points
from services.chassis.failure import attempts, in_words, is_transient
from services.chassis.group import Group
from services.chassis.positions import Bounds
from services.chassis.record import Record
from services.chassis.topics import CALL_S, Topics
from services.chassis.unreadable import Reading

log = logging.getLogger(__name__)

LARGEST_GROUP = 500
POLL_MS = 200
REQUEST_MS = 15_000
"""Longer than a rebalance may take; a request that a broker took with it into its grave ends no later."""
START_S = 15
STOP_S = 3

Check = Callable[[Bounds], Awaitable[None]]
"""Raises when the topics do not hold what was not read yet."""


class Consumer:
    """One replica's membership in its service's consumer group."""

    def __init__(
        self, brokers: Sequence[str], service: str, topics: Iterable[str], group: Group, check: Check
    ) -> None:
        self._brokers = list(brokers)
        self._service = service
        self.topics = Topics(topics)
        self._group = group
        self._check = check
        self._kafka: Any = None
        self._reading = Reading(None)
        self.polled_at = time.monotonic()
        self.waits_for = ""
        """Why it stands still, when it does: the dependency that is away."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Consume until told to stop; leave the group cleanly, with what is in flight applied.

        Raises:
            EventsGone: the topics do not hold any more what was not read yet.
        """
        await self._start(stopping)
        try:
            await self._hold_against_topics(stopping)
            while not stopping.is_set():
                await self._poll(stopping)
        finally:
            await self._stop()

    async def _hold_against_topics(self, stopping: asyncio.Event) -> None:
        async for _ in attempts(stopping):
            try:
                await self._check(await self.topics.ends(self.topics.names))
            except Exception as error:
                if not is_transient(error):
                    raise
                self.waits_for = f"positions: {in_words(error)}"
                continue
            self.waits_for = ""
            return

    @property
    def stuck(self) -> list[str]:
        """Which partitions stand still before a record that cannot be read."""
        return self._reading.standing_still if self._kafka else []

    async def _start(self, stopping: asyncio.Event) -> None:
        async for _ in attempts(stopping):
            kafka = AIOKafkaConsumer(
                *self.topics.names,
                bootstrap_servers=self._brokers,
                group_id=f"lumbung.{self._service}",
                client_id=self._service,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                heartbeat_interval_ms=1_000,
                session_timeout_ms=8_000,
                max_poll_interval_ms=600_000,
                fetch_max_wait_ms=100,
                request_timeout_ms=REQUEST_MS,
            )
            try:
                await _unless(stopping, kafka.start(), START_S)
            except (KafkaError, OSError, TimeoutError) as error:
                self.waits_for = f"Kafka: {in_words(error)}"
                await _close(kafka)
                continue
            self._kafka = self.topics.kafka = kafka
            self._reading, self.waits_for = Reading(kafka), ""
            return

    async def _stop(self) -> None:
        if self._kafka is not None:
            await _close(self._kafka)

    async def _poll(self, stopping: asyncio.Event) -> None:
        taken = await self._reading.take(POLL_MS, LARGEST_GROUP)
        self.polled_at = time.monotonic()
        if await self._apply(taken, stopping):
            await points.reached("group-applied")
            await self._commit(taken)

    async def _apply(self, taken: Mapping[TopicPartition, Sequence[Any]], stopping: asyncio.Event) -> bool:
        async for attempt in attempts(stopping):
            records = [_record(one) for part, some in taken.items() if self._mine(part) for one in some]
            try:
                if records:
                    await self._group.apply(records)
                self.waits_for = ""
                return bool(records)
            except Exception as error:
                if not is_transient(error):
                    raise
                self.waits_for = f"database: {in_words(error)}"
                log.log(
                    logging.WARNING if attempt == 0 else logging.DEBUG,
                    "wait, then take the group again: %s",
                    error,
                )
        return False

    def _mine(self, part: TopicPartition) -> bool:
        # after a revoke, what was already fetched belongs to another replica
        return part in self._kafka.assignment()

    async def _commit(self, taken: Mapping[TopicPartition, Sequence[Any]]) -> None:
        offsets = {part: some[-1].offset + 1 for part, some in taken.items() if some and self._mine(part)}
        try:
            async with asyncio.timeout(CALL_S):
                await self._kafka.commit(offsets)
        except (CommitFailedError, IllegalStateError, KafkaError, TimeoutError) as error:
            log.info("offsets not committed, the inbox knows these events: %s", error)


def _record(one: Any) -> Record:
    return Record(one.topic, one.partition, one.offset, one.key, one.value, one.headers)


async def _unless(stopping: asyncio.Event, work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Do it, but neither longer than this nor once the process is told to stop: joining a group can take long."""
    begun, stop = asyncio.ensure_future(work), asyncio.ensure_future(stopping.wait())
    await asyncio.wait({begun, stop}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not begun.done():
        begun.cancel()
        await asyncio.wait({begun})
        raise TimeoutError("not done in time")
    begun.result()


async def _close(kafka: Any) -> None:
    try:
        await asyncio.wait_for(kafka.stop(), STOP_S)
    except (KafkaError, OSError, TimeoutError) as error:
        log.info("left Kafka without a goodbye: %s", error)
