"""Waiting for a condition, with a deadline that says what was waited for."""

import time
from collections.abc import Callable

import psycopg

PERIOD = 0.1


def until(true: Callable[[], bool], what: str, within: float) -> None:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not answer within {within:.0f} s")
        time.sleep(PERIOD)


def accepts(dsn: str) -> bool:
    try:
        psycopg.connect(dsn, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
