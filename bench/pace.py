"""When things are done: at their time, or once something is true."""

import asyncio
import time
from collections.abc import Awaitable, Callable

START_S = 60


async def open_loop(rate: float, count: int, one: Callable[[int], Awaitable[None]]) -> float:
    """So many calls, each at its time whether or not those before it are done; the rate that came out of it."""
    began = time.perf_counter()
    running = set()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        running.add(asyncio.ensure_future(one(number)))
    await asyncio.gather(*running)
    return count / (time.perf_counter() - began)


async def until(true: Callable[[], object], seconds: float = START_S) -> None:
    """Wait for it; not for ever."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
