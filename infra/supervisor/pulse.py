"""Ends a service that says of itself that it makes no progress; the keeper then starts it again."""

import logging
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from infra.stack import Part

log = logging.getLogger(__name__)

EVERY = 5.0
LONGEST_STALL = 30.0
STALLED = 503


def says_stalled(part: Part) -> bool:
    """Only its own word counts: one that does not answer may be busy, starting or stopped by somebody."""
    try:
        urllib.request.urlopen(f"http://{part.address}/health/live", timeout=2).close()
    except urllib.error.HTTPError as answer:
        return answer.code == STALLED
    except OSError:
        return False
    return False


@dataclass
class Pulse:
    """Looks at parts now and then; `stalled` tells what a part says of itself."""

    parts: Sequence[Part]
    stalled: Callable[[Part], bool] = says_stalled
    _since: dict[str, float] = field(default_factory=dict)

    def beat_forever(self) -> None:
        """In a thread of its own, that ends with the process."""
        threading.Thread(target=self._beat, daemon=True, name="pulse").start()

    def _beat(self) -> None:
        while True:
            self.look(time.monotonic())
            time.sleep(EVERY)

    def look(self, now: float) -> None:
        """Kill what has been stalled for `LONGEST_STALL` seconds by its own word."""
        for part in self.parts:
            if not part.running or not self.stalled(part):
                self._since.pop(part.name, None)
            elif now - self._since.setdefault(part.name, now) >= LONGEST_STALL:
                log.warning("%s makes no progress; ending it, so that it starts anew", part.name)
                self._since.pop(part.name)
                part.kill()
