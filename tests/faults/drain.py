"""Waiting until nothing is under way any more: all carried, all taken in, nothing due; or until it stands still."""

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer

from infra.clock import read_offset
from infra.services import SERVICES
from tests.faults.checker.gather import partitions
from tests.faults.ground.ground import Ground

EVERY_S = 0.7
AT_REST = 2
_UNDER_WAY = """
    SELECT (SELECT count(*) FROM outbox WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay WHERE relay.id = 1)),
           (SELECT count(*) FROM due WHERE at <= clock_timestamp() + make_interval(secs => $1) AND key <> ALL($2))
"""
_TO_SEND = "SELECT count(*) FROM messages WHERE status = 'waiting'"
"""Each of them becomes one more event when it is sent."""


@dataclass(frozen=True)
class Left:
    """What is still to be done, for one service or all of them."""

    uncarried: int = 0
    due: int = 0
    unread: int = 0

    def __bool__(self) -> bool:
        return bool(self.uncarried or self.due or self.unread)

    def __add__(self, other: "Left") -> "Left":
        return Left(self.uncarried + other.uncarried, self.due + other.due, self.unread + other.unread)

    def __str__(self) -> str:
        return f"{self.uncarried} events not carried, {self.unread} not taken in, {self.due} duties due"


async def drain(
    ground: Ground, within: float, stalled: float, reads: dict[str, set[str]], poisoned: Collection[str] = ()
) -> Left:
    """What is left at the end: nothing, or what did not get done in time, or has not moved for a while."""
    consumer = AIOKafkaConsumer(bootstrap_servers=list(ground.stack.kafka), group_id=None)
    await asyncio.wait_for(consumer.start(), 60)
    try:
        return await _until_rest(ground, consumer, within, stalled, reads, poisoned)
    finally:
        await consumer.stop()


async def _until_rest(
    ground: Ground,
    consumer: Any,
    within: float,
    stalled: float,
    reads: dict[str, set[str]],
    poisoned: Collection[str],
) -> Left:
    deadline, moved_at = time.monotonic() + within, time.monotonic()
    last, rested = Left(1, 1, 1), 0
    while rested < AT_REST:
        left = await _left(ground, consumer, reads, poisoned)
        rested = 0 if left else rested + 1
        if left != last:
            last, moved_at = left, time.monotonic()
        if time.monotonic() > deadline or (left and time.monotonic() - moved_at > stalled):
            return left
        await asyncio.sleep(EVERY_S)
    return Left()


async def _left(ground: Ground, consumer: Any, reads: dict[str, set[str]], poisoned: Collection[str]) -> Left:
    offset = read_offset(ground.home.clock)
    total = Left()
    for service in (name for name in SERVICES if name in reads):
        connection = await asyncpg.connect(ground.stack.dsn(service), timeout=30)
        try:
            uncarried, due = await connection.fetchrow(_UNDER_WAY, offset, list(poisoned))
            rows = await connection.fetch("SELECT topic, partition, next_offset FROM positions")
            waiting = await connection.fetchval(_TO_SEND) if service == "notify" else 0
        finally:
            await connection.close()
        reached = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
        total += Left(uncarried + waiting, due, await _unread(consumer, reads.get(service, set()), reached))
    return total


async def _unread(consumer: Any, topics: Collection[str], reached: dict[tuple[str, int], int]) -> int:
    parts = await partitions(consumer, topics)
    ends = await consumer.end_offsets(parts) if parts else {}
    return sum(max(0, end - reached.get((part.topic, part.partition), 0)) for part, end in ends.items())
