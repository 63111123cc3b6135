"""The relay gives a send two seconds, and goes on behind what failed."""

import logging
from typing import Any

from services.chassis import relay
from tests.faults.mutants import replace

log = logging.getLogger(__name__)
_publish = relay.Relay._publish


async def _skipping(self: Any, producer: Any, rows: Any) -> None:
    try:
        await _publish(self, producer, rows)
    except Exception as error:
        log.warning("%d events were not sent: %s", len(rows), error)


def mutate() -> None:
    replace(relay, "REQUEST_MS", 2_000)
    relay.Relay._publish = _skipping  # type: ignore[method-assign]
