"""A process of its own for long computations: the event loop goes on, and no transaction waits for them."""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any

POLITE = 5


class Overdue(Exception):
    """A computation took longer than it may; its process was ended."""


class Apart:
    """One long-lived worker process. Started when first needed, and again after it died."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, function: Callable[..., Any], *args: Any, within: float | None = None) -> Any:
        """What a module's function answers for these arguments, computed there; one at a time, in turn.

        Raises:
            BrokenProcessPool: the process died meanwhile; the next call finds a new one.
            Overdue: it was not done within so many seconds of real time; the next call finds a new process.
        """
        pool = self._pool or await self._begun()
        deadline = asyncio.timeout(within)
        try:
            async with deadline:
                return await asyncio.get_running_loop().run_in_executor(pool, function, *args)
        except BrokenProcessPool:
            self._end(pool)
            raise
        except TimeoutError as error:
            if not deadline.expired():
                raise
            self._end(pool)
            raise Overdue(f"not done within {within:g} seconds") from error

    async def _begun(self) -> ProcessPoolExecutor:
        """A new process; to start one takes longer than others should wait."""
        pool = self._pool = _started()
        await asyncio.to_thread(pool.submit, os.getpid)
        return pool

    @property
    def pids(self) -> list[int]:
        return list(self._pool._processes) if self._pool else []

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._pool is not None:
            self._end(self._pool)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        if self._pool is pool:
            self._pool = None


def _started() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    os.nice(POLITE)
    for ending in (signal.SIGINT, signal.SIGTERM):  # for the service, which ends this process
        signal.signal(ending, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's process waits for work for ever, even when nobody is left to give it any."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
