"""Whether a service has heard all that was said before a moment: topics consumed to their ends as of then."""

import logging
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from aiokafka import TopicPartition

from services.chassis import positions
from services.chassis.database import Database
from services.chassis.failure import is_transient
from services.chassis.positions import Bounds

log = logging.getLogger(__name__)

Asker = TypeVar("Asker", bound=Hashable)
Ends = Callable[[Iterable[str]], Awaitable[Bounds]]
"""The bounds of some topics, as of now."""


class Hearing:
    """Remembers for each asker where the topics ended when it first asked."""

    def __init__(self, database: Database, ends: Ends | None) -> None:
        self._database = database
        self._ends = ends
        self._ended: dict[Hashable, Bounds] = {}

    async def unheard(self, askers: Mapping[Asker, tuple[str, ...]]) -> set[Asker]:
        """Those askers whose topics held something, when they first asked, that is not consumed yet."""
        listening = {asker: topics for asker, topics in askers.items() if topics and self._ends}
        if not listening:
            return set()
        try:
            await self._note_ends(listening)
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("nobody knows what is still unheard: %s", error)
            return set(listening)
        async with self._database.transaction() as tx:
            reached = await positions.reached(tx)
        return {asker for asker in listening if not _passed(self._ended[asker], reached)}

    def forget_all_but(self, askers: Collection[Hashable]) -> None:
        """The others will not ask again: what they asked for is done, by this replica or another."""
        self._ended = {asker: ended for asker, ended in self._ended.items() if asker in askers}

    async def _note_ends(self, listening: Mapping[Asker, tuple[str, ...]]) -> None:
        new = {asker: topics for asker, topics in listening.items() if asker not in self._ended}
        if not new or not self._ends:
            return
        bounds = await self._ends(sorted({topic for topics in new.values() for topic in topics}))
        for asker, topics in new.items():
            self._ended[asker] = {part: found for part, found in bounds.items() if part.topic in topics}


def _passed(ended: Bounds, reached: Mapping[TopicPartition, int]) -> bool:
    return all(first == end or reached.get(part, 0) >= end for part, (first, end) in ended.items())
