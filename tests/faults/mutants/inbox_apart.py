"""The inbox is written in a transaction of its own: what fails after it is taken for done."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from services.chassis import inbox, points
from services.chassis.group import DEADLINE_S, Group
from services.chassis.record import Delivery
from tests.faults.mutants import replace


async def _together(group: Any, part: Sequence[Any]) -> None:
    group.began_at = time.monotonic()
    deliveries = [item for _, item in part if isinstance(item, Delivery)]
    async with asyncio.timeout(DEADLINE_S):
        async with group._database.transaction() as tx:
            fresh = await inbox.first_time(tx, [delivery.id for delivery in deliveries])
        async with group._database.transaction() as tx:
            await group._lock(tx, deliveries)
            await group._handle(tx, [delivery for delivery in deliveries if delivery.id in fresh])
            await inbox.move_on(tx, [record for record, _ in part])
    await points.reached("group-committed")


def mutate() -> None:
    replace(Group, "_together", _together)
