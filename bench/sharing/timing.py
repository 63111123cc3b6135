"""How long a piece of work takes."""

import time
from collections.abc import Callable
from typing import Any


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock and of this process's CPU: on a machine with other work the first are longer."""
    begun, used = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - begun, time.process_time() - used, found
