"""Seeing things happen: a step is shown when another service or a topic shows it, never when it was sent."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Seen = TypeVar("Seen")

WITHIN_S = 60.0
EVERY_S = 0.1


class NotObserved(Exception):
    """What should have been seen by its deadline, and what was seen last."""


async def observed(what: str, look: Callable[[], Awaitable[Seen]], within: float = WITHIN_S) -> Seen:
    """Look until there is something to see.

    Raises:
        NotObserved: the deadline passed first.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not (seen := await look()):
        if loop.time() > deadline:
            raise NotObserved(f"not within {within:.0f} s: {what} (last seen: {seen!r})")
        await asyncio.sleep(EVERY_S)
    return seen
