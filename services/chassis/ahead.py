"""Long work that a duty needs done first: beside the sweep and outside any transaction, by the process apart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from services.chassis.apart import Apart
from services.chassis.database import Database
from services.chassis.failure import in_words
from services.chassis.tx import Tx

log = logging.getLogger(__name__)

AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Work:
    """`reads` answers the arguments of `does`, in a transaction that ends before the work begins, or None.

    `within`: seconds of real time that `does` may take; then its process is ended. Once it has failed as often as
    `attempts` says, the duty is done with what `gives_up` makes of the reason. The duty's own failures count with
    the work's: work that succeeds is never given up for them. Only what a living service saw fail counts, not what a
    restart cut short.
    """

    reads: Callable[[Tx, Any], Awaitable[tuple[Any, ...] | None]]
    does: Callable[..., Any]
    gives_up: Callable[[str], Any]
    within: float = 15 * 60
    attempts: int = 5


class Ahead:
    """Work under way or done, by the due row that needs it.

    A killed process loses it: the row stands, and whoever sweeps next begins it again.
    """

    def __init__(self, database: Database, apart: Apart) -> None:
        self._database, self.apart = database, apart
        self._tasks: dict[Any, asyncio.Task[Any]] = {}
        self._turn = asyncio.Lock()
        self._begun = False

    def ready(self, row: Any, work: Work | None) -> bool:
        """Whether the row's work is done or has failed; begins it where there is room."""
        if work is None:
            return True
        if row not in self._tasks and len(self.under_way) < AT_ONCE:
            self._tasks[row] = asyncio.create_task(self._do(work, row))
            self._begun = True
        return row in self._tasks and self._tasks[row].done()

    def result(self, row: Any) -> tuple[Any, ...]:
        """What a duty gets beside its key: nothing, or what the work answered. Raises what the work raised."""
        return (self._tasks[row].result(),) if row in self._tasks else ()

    def forget(self, row: Any) -> None:
        self._tasks.pop(row, None)

    def forget_all_but(self, rows: Collection[Any]) -> None:
        """Drop what was done for rows that are done too, or gone because another replica was first."""
        for row in self._tasks.keys() - set(rows):
            if self._tasks[row].done():
                self.forget(row)

    @property
    def under_way(self) -> list[asyncio.Task[Any]]:
        return [task for task in self._tasks.values() if not task.done()]

    async def settled(self) -> bool:
        """Wait until nothing is under way; answer whether anything was begun since this was last asked."""
        begun, self._begun = self._begun, False
        await asyncio.gather(*self.under_way, return_exceptions=True)
        return begun

    async def stop(self) -> None:
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()

    async def _do(self, work: Work, row: Any) -> Any:
        async with self._turn:  # work that hangs or kills the process must not fail for what waits behind it
            async with self._database.transaction() as tx:
                read = await work.reads(tx, row.key)
            return None if read is None else await self._worked(work, row, read)

    async def _worked(self, work: Work, row: Any, read: tuple[Any, ...]) -> Any:
        try:
            return await self.apart.run(work.does, *read, within=work.within)
        except Exception as error:
            failed = row.attempts + 1
            if failed < work.attempts:
                raise
            log.exception("%s for %s is given up", row.kind, row.key)
            return work.gives_up(f"it failed {failed} times, at last: {in_words(error)}")
