"""Applying a group of Kafka records: one transaction, each event once, poison parked with its key."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from services.chassis import inbox, points
from services.chassis.database import Database
from services.chassis.failure import LocksMoved, is_conflict, is_transient, may_be_its_own, until_first
from services.chassis.reaction import Reactions, lock_for
from services.chassis.record import Delivery, Poison, Record, read
from services.chassis.steps import Steps
from services.chassis.tx import Tx

log = logging.getLogger(__name__)

LARGEST_EMITTING = 50
LARGEST_PROJECTING = 500
DEADLINE_S = 25
"""Of a transaction. Below the silence after which health calls the process stuck."""
TRIES_ALONE = 3
"""Of an event that takes too long or loses its session, while the database answers others."""

EARLIER = "an earlier event of this key is parked"

Together = Callable[[Any, Tx], Awaitable[None]] | None
Item = tuple[Record, Delivery | Poison | None]


class Group:
    """Applies records in the order given. Raises only what is transient: then nothing of the part was applied."""

    def __init__(self, database: Database, reactions: Reactions, steps: Steps) -> None:
        self._database = database
        self._reactions = reactions
        self._steps = steps
        self._failed_alone = Counter[UUID]()
        self.began_at = time.monotonic()

    async def apply(self, records: Sequence[Record]) -> None:
        """Apply records, in transactions of at most 50 events (500 where no handler emits)."""
        items = [(record, read(record, self._reactions)) for record in records]
        self._failed_alone &= Counter({item.id: TRIES_ALONE for _, item in items if item})
        for part in _parts(items):
            await self._apply_part(part)

    async def _apply_part(self, part: Sequence[Item]) -> None:
        if not self._alone_at_once(part):
            try:
                return await self._together(part)
            except Exception as error:
                if is_transient(error) and not is_conflict(error) and not may_be_its_own(error):
                    raise
        for one in part:
            await self._alone(one)
        return None

    def _alone_at_once(self, part: Sequence[Item]) -> bool:
        return len(part) == 1 or any(
            isinstance(item, Poison) or (item and item.id in self._failed_alone) for _, item in part
        )

    async def _alone(self, one: Item) -> None:
        record, item = one
        if isinstance(item, Poison):
            return await self._park(item, item.cause)
        try:
            await until_first(lambda: self._together([one]))
        except Exception as error:
            if not isinstance(item, Delivery) or await self._is_waited_for(item, error):
                raise
            log.exception(
                "parked %s at %s with its key", item.envelope.type, record.place, extra=item.envelope.named
            )
            await self._park(item, f"{type(error).__name__}: {error}")
        return None

    async def _is_waited_for(self, item: Delivery, error: Exception) -> bool:
        """Whether the database may be away; not where it answers others, and this event alone fails again and again."""
        if isinstance(error, LocksMoved):
            return True  # others were faster each time, which says nothing against the event
        if not is_transient(error) or is_conflict(error):
            return False
        lasted = time.monotonic() - self.began_at
        if may_be_its_own(error) and await self._database.answers(lasted):
            self._failed_alone[item.id] += 1
        return self._failed_alone[item.id] < TRIES_ALONE

    async def _together(self, part: Sequence[Item]) -> None:
        self.began_at = time.monotonic()
        deliveries = [item for _, item in part if isinstance(item, Delivery)]
        async with asyncio.timeout(DEADLINE_S), self._database.transaction() as tx:
            await lock_for(tx, *[delivery.declared for delivery in deliveries])
            fresh = await inbox.first_time(tx, [delivery.id for delivery in deliveries])
            await self._handle(tx, [delivery for delivery in deliveries if delivery.id in fresh])
            await inbox.move_on(tx, [record for record, _ in part])
        self._steps.metrics.applied(len(part), len(deliveries) - len(fresh))
        await points.reached("group-committed")

    async def _handle(self, tx: Tx, fresh: Sequence[Delivery]) -> None:
        stuck = await inbox.parked_keys(tx, [delivery.record for delivery in fresh]) if fresh else set()
        free = []
        for delivery in _once(fresh):
            if (delivery.record.topic, delivery.record.key_text) in stuck:
                await inbox.park(tx, delivery, EARLIER, tries=0)
            else:
                free.append(delivery)
        for together, run in groupby(free, key=lambda delivery: delivery.reaction.together):
            await self._handle_run(tx, together, [*run])

    async def _handle_run(self, tx: Tx, together: Together, run: Sequence[Delivery]) -> None:
        """Deliveries in a row that can be handled together are; `tx.cause` is the last of them then."""
        if together and len(run) > 1:
            with self._steps.event(run[-1].envelope) as tx.cause:
                await together([delivery.event for delivery in run], tx)
            return await points.reached("event-handled")
        for delivery in run:
            with self._steps.event(delivery.envelope) as tx.cause:
                await delivery.reaction.handler(delivery.event, tx)
            await points.reached("event-handled")
        return None

    async def _park(self, item: Delivery | Poison, cause: str) -> None:
        async with asyncio.timeout(DEADLINE_S), self._database.transaction() as tx:
            if await inbox.first_time(tx, [item.id]):
                await inbox.park(tx, item, cause)
            await inbox.move_on(tx, [item.record])
        await points.reached("group-committed")


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    emits = any(isinstance(item, Delivery) and item.reaction.keys for _, item in items)
    size = LARGEST_EMITTING if emits else LARGEST_PROJECTING
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _once(deliveries: Iterable[Delivery]) -> Iterable[Delivery]:
    """Each event where it stands first."""
    found: dict[UUID, Delivery] = {}
    for delivery in deliveries:
        found.setdefault(delivery.id, delivery)
    return found.values()
