"""Waiting for a condition under a deadline; never sleeping and hoping."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

import httpx

Answer = TypeVar("Answer")

EVERY_S = 0.05


@overload
async def until(question: Callable[[], Awaitable[Answer]], within: float = 60, what: str = "") -> Answer: ...
@overload
async def until(question: Callable[[], Answer], within: float = 60, what: str = "") -> Answer: ...
async def until(question: Callable[[], Any], within: float = 60, what: str = "") -> Any:
    """Ask until the answer is true; fail with the last answer once the deadline has passed."""
    deadline = time.monotonic() + within
    while True:
        told = await _answer(question)
        if told:
            return told
        assert time.monotonic() < deadline, f"not within {within} s: {what or question} (last: {told!r})"
        await asyncio.sleep(EVERY_S)


async def _answer(question: Callable[[], Any]) -> Any:
    try:
        told = question()
        return await told if inspect.isawaitable(told) else told
    except (OSError, httpx.TransportError):  # whoever is asked does not answer at the moment
        return None
