"""Starts parts side by side and waits until each answers; a part that ends soon is tried again."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from infra.stack.part import Part, StartFailed

# What a killed predecessor leaves (shared memory, a half-open port) goes away within moments.
PATIENCE = 5.0
PERIOD = 0.05


def prepare_all(*steps: Callable[[], object]) -> None:
    """Takes the steps side by side."""
    with ThreadPoolExecutor(len(steps)) as pool:
        for prepared in [pool.submit(step) for step in steps]:
            prepared.result()


def start_all(parts: Sequence[Part], spawned: Callable[[], None], within: float = 60.0) -> None:
    """Calls `spawned` after each new process, so that it is on record before anything can go wrong."""
    began = time.monotonic()
    for part in parts:
        part.spawn()
        spawned()
    waiting = list(parts)
    while waiting := [part for part in waiting if not part.answers()]:
        for part in waiting:
            if time.monotonic() - began > within:
                raise StartFailed(part.name, "started, but did not answer in time", part.log)
            if not part.running:
                _try_again(part, began)
                spawned()
        time.sleep(PERIOD)


def _try_again(part: Part, began: float) -> None:
    if time.monotonic() - began > PATIENCE:
        code = part.process.returncode if part.process else None
        raise StartFailed(part.name, f"ended at its start with code {code}", part.log)
    time.sleep(0.2)
    part.spawn()
