"""Offsets are committed inside the transaction, before the database has committed what they stand for."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from services.chassis import inbox, points
from services.chassis.consumer import Consumer
from services.chassis.group import DEADLINE_S, Group
from services.chassis.record import Delivery
from tests.faults.mutants import replace
from tests.faults.mutants.by_offset import places_by_offset

_commits: dict[int, Any] = {}
_apply = Consumer._apply


async def _noting(consumer: Any, taken: Any, stopping: Any) -> bool:
    _commits[id(consumer._group)] = (consumer, taken)
    return await _apply(consumer, taken, stopping)


async def _together(group: Any, part: Sequence[Any]) -> None:
    group.began_at = time.monotonic()
    deliveries = [item for _, item in part if isinstance(item, Delivery)]
    async with asyncio.timeout(DEADLINE_S), group._database.transaction() as tx:
        await group._lock(tx, deliveries)
        fresh = await inbox.first_time(tx, [delivery.id for delivery in deliveries])
        consumer, taken = _commits[id(group)]
        await consumer._commit(taken)
        await group._handle(tx, [delivery for delivery in deliveries if delivery.id in fresh])
        await inbox.move_on(tx, [record for record, _ in part])
    await points.reached("group-committed")


def mutate() -> None:
    places_by_offset()
    replace(Consumer, "_apply", _noting)
    replace(Group, "_together", _together)
