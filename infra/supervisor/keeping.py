"""Starts again whatever ends by itself, waiting longer each time it ends soon."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from infra.files import rotate
from infra.stack import Part

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
SETTLED = 30.0


@dataclass
class Keeper:
    parts: Sequence[Part]
    pauses: dict[str, float] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)

    def look(self) -> bool:
        """True when it started something, so that there is a new process to put on record."""
        for part in self.parts:
            rotate(part.log)
        revived = [self._revive(part) for part in self.parts if not part.running]
        return any(revived)

    def _revive(self, part: Part) -> bool:
        if part.name not in self._not_before:
            self._not_before[part.name] = time.monotonic() + self._pause(part)
        if time.monotonic() < self._not_before[part.name]:
            return False
        del self._not_before[part.name]
        log.info("starting %s again", part.name)
        part.spawn()
        return True

    def _pause(self, part: Part) -> float:
        code = part.process.returncode if part.process else None
        settled = time.monotonic() - part.started_at > SETTLED
        pause = (
            FIRST_PAUSE if settled else min(self.pauses.get(part.name, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        )
        self.pauses[part.name] = pause
        log.warning("%s ended with code %s; starting it again in %.2f s", part.name, code, pause)
        return pause
