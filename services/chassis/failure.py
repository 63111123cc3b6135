"""Three kinds of failure: transient (wait), refusal (an outcome), and everything else (poison, parked)."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import asyncpg
from aiokafka.errors import KafkaConnectionError, KafkaError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 0.5
TRIES = 10
"""Of what comes second to others: it may be wrong about versions, and is not done again for ever."""

Outcome = TypeVar("Outcome")

_CONFLICTS = ("40001", "40P01")
_TRANSIENT_CLASSES = ("08", "40", "53", "57")
_TRANSIENT_STATES = ("55P03", "25P03")
_TRANSIENT = (
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.CannotConnectNowError,
    asyncpg.InternalClientError,
    ConnectionError,
    TimeoutError,
    PoolTimeout,
    KafkaConnectionError,
)


class LocksMoved(Exception):
    """The keys that a query declared changed while waiting for their locks: roll back and start over."""


def is_conflict(error: BaseException) -> bool:
    """Whether another transaction came first, so that doing the same again at once may succeed."""
    return isinstance(error, StaleDataError | LocksMoved) or sqlstate(error) in _CONFLICTS


def is_transient(error: BaseException) -> bool:
    """Whether a database or broker was away, or somebody came first: wait and do the same again."""
    if is_conflict(error) or isinstance(error, _TRANSIENT):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, KafkaError):
        return bool(error.retriable)
    state = sqlstate(error)
    return state[:2] in _TRANSIENT_CLASSES or state in _TRANSIENT_STATES or _lost_connection(error)


def is_late(error: BaseException) -> bool:
    """Whether one of our own deadlines passed: for a statement, a lock, or the whole piece of work."""
    return isinstance(error, TimeoutError | PoolTimeout) or sqlstate(error) == "55P03"


def may_be_its_own(error: BaseException) -> bool:
    """Whether what failed may itself be why, if the database answers others: too slow, or its session was lost.

    A lock that others hold, a full pool and a full disk say nothing about the work.
    """
    shared = isinstance(error, PoolTimeout) or sqlstate(error) == "55P03" or sqlstate(error)[:2] == "53"
    return is_transient(error) and not is_conflict(error) and not shared


def in_words(error: BaseException) -> str:
    """An error in one line, for health and logs; many a timeout has no words of its own."""
    return " ".join(f"{type(error).__name__} {error}".split())


def sqlstate(error: BaseException) -> str:
    """PostgreSQL's five-character code behind an error, or nothing."""
    if isinstance(error, DBAPIError):
        return str(getattr(error.orig, "sqlstate", None) or "")
    return str(getattr(error, "sqlstate", None) or "")


def _lost_connection(error: BaseException) -> bool:
    # asyncpg's DataError is an InterfaceError too, and means a wrong value: poison, not weather
    original = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
    return isinstance(original, _TRANSIENT) or (
        isinstance(original, asyncpg.InterfaceError)
        and not isinstance(original, asyncpg.DataError | ValueError)
    )


async def until_first(step: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """Take the step again where somebody else came first, after a jittered pause; ten times at most."""
    for _ in range(TRIES - 1):
        try:
            return await step()
        except Exception as error:
            if not is_conflict(error):
                raise
        await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_S))
    return await step()


async def attempts(stopping: asyncio.Event) -> AsyncIterator[int]:
    """Count attempts for as long as it takes, with a jittered pause before each but the first."""
    attempt = 0
    while not stopping.is_set():
        yield attempt
        await pause(
            stopping, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempt, 10)) * random.uniform(0.5, 1)
        )
        attempt += 1


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, or less when the process is told to stop."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
