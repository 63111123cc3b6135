"""Waiting for a condition under a deadline; never sleeping and hoping."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

Answer = TypeVar("Answer")

EVERY_S = 0.05


async def until(
    question: Callable[[], Answer | Awaitable[Answer]], within: float = 20, what: str = ""
) -> Answer:
    """Ask until the answer is true; fail with the last answer once the deadline has passed."""
    deadline = time.monotonic() + within
    while True:
        answer = question()
        told = await answer if inspect.isawaitable(answer) else answer
        if told:
            return told
        assert time.monotonic() < deadline, f"not within {within} s: {what or question} (last: {told!r})"
        await asyncio.sleep(EVERY_S)
