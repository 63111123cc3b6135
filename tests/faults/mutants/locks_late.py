"""Consumers lock after their first write: their transaction has its number before it has its turn."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, Integer, bindparam, text

from services.chassis import inbox, locks, points
from services.chassis.group import DEADLINE_S, Group
from services.chassis.record import Delivery
from tests.faults.mutants import replace


async def _together(group: Any, part: Sequence[Any]) -> None:
    group.began_at = time.monotonic()
    deliveries = [item for _, item in part if isinstance(item, Delivery)]
    async with asyncio.timeout(DEADLINE_S), group._database.transaction() as tx:
        fresh = await inbox.first_time(tx, [delivery.id for delivery in deliveries])
        await group._lock(tx, deliveries)
        await group._handle(tx, [delivery for delivery in deliveries if delivery.id in fresh])
        await inbox.move_on(tx, [record for record, _ in part])
    await points.reached("group-committed")


_TAKE = text(
    "SELECT CASE WHEN shared THEN pg_advisory_xact_lock_shared(:space, bucket)::text"
    " ELSE pg_advisory_xact_lock(:space, bucket)::text END"
    " FROM unnest(:buckets, :shared) AS wanted (bucket, shared)"
).bindparams(bindparam("buckets", type_=ARRAY(Integer)), bindparam("shared", type_=ARRAY(Boolean)))


def mutate() -> None:
    replace(locks, "_TAKE", _TAKE)
    replace(Group, "_together", _together)
