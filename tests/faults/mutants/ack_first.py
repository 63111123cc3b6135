"""Offsets are committed when records are taken, and what then fails is gone."""

import logging
import time
from typing import Any

from services.chassis.consumer import Consumer, _record
from tests.faults.mutants import replace
from tests.faults.mutants.by_offset import places_by_offset

log = logging.getLogger(__name__)


async def _poll(consumer: Any, stopping: Any) -> None:
    taken = await consumer._take(stopping)
    consumer.polled_at = time.monotonic()
    await consumer._commit(taken)
    records = [_record(one) for some in taken.values() for one in some]
    try:
        if records:
            await consumer._group.apply(records)
    except Exception as error:
        log.warning("%d records failed after they were acknowledged: %s", len(records), error)


def mutate() -> None:
    places_by_offset()
    replace(Consumer, "_poll", _poll)
