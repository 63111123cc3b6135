"""Starts parts side by side and waits until each answers; a part that ends meanwhile is tried again."""

import time
from collections.abc import Callable, Sequence

from infra.stack.part import Part, StartFailed

TRIES = 5
PERIOD = 0.05


def start_all(parts: Sequence[Part], spawned: Callable[[], None], within: float = 60.0) -> None:
    """Calls `spawned` after each new process, so that it is on record before anything can go wrong."""
    deadline = time.monotonic() + within
    tries = {part.name: 1 for part in parts}
    for part in parts:
        part.spawn()
        spawned()
    waiting = list(parts)
    while waiting:
        waiting = [part for part in waiting if not part.answers()]
        for part in waiting:
            if _look_at(part, tries, deadline):
                spawned()
        if waiting:
            time.sleep(PERIOD)


def _look_at(part: Part, tries: dict[str, int], deadline: float) -> bool:
    if time.monotonic() > deadline:
        raise StartFailed(part.name, "started, but did not answer in time", part.log)
    if part.running:
        return False
    if tries[part.name] == TRIES:
        code = part.process.returncode if part.process else None
        raise StartFailed(part.name, f"ended at its start with code {code}", part.log)
    # What a killed predecessor leaves (shared memory, a half-open port) goes away within moments.
    time.sleep(0.2 * tries[part.name])
    tries[part.name] += 1
    part.spawn()
    return True
