"""Hands stored messages over: outside any transaction, in order per person, by one process at a time.

At least once: the provider is asked first and its answer stored after. A process killed between the two
leaves one message waiting that may have arrived, and it is sent once more when the lease has run out: at most
one repeat for each person whose message was on its way, per kill. A timeout or a cut connection is the same:
nobody knows whether the provider took the message. So is a database that stays away for longer than the lease
before an answer is stored: another process may by then send the message again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from services.chassis.failure import LONGEST_PAUSE_S, is_transient, pause
from services.chassis.ids import new_id
from services.chassis.points import reached
from services.chassis.running import Running
from services.chassis.tx import Tx
from services.notify import queries
from services.notify.channels import Channels
from services.notify.errands import next_errand, settle
from services.notify.queries import Lease

log = logging.getLogger(__name__)

AT_ONCE = 8
IDLE_S = 0.25
LEASE = timedelta(seconds=30)
"""How long a person's messages wait after the process that handed them over was killed."""

Stored = TypeVar("Stored")


class Sender:
    """Claims people whose messages wait, and hands each one's messages over, one after the other."""

    def __init__(self, running: Running, channels: Channels, lease: timedelta = LEASE) -> None:
        self._running = running
        self._stopping = running.stopping
        self._channels = channels
        self._lease = lease

    async def run(self) -> None:
        """Until the service stops: what is on its way then is finished, the rest waits."""
        working: set[asyncio.Task[None]] = set()
        while not self._stopping.is_set():
            working |= {asyncio.create_task(self.serve(lease)) for lease in await self._claim(len(working))}
            await self._wait(working)
            working = {task for task in working if not task.done()}
        await asyncio.gather(*working)

    async def serve(self, lease: Lease) -> None:
        """Hand over one person's messages until none waits, one cannot be handed over, or the lease is lost."""
        try:
            while not self._stopping.is_set():
                if not await self._hand_over_next(lease):
                    return
            await self._store(lambda tx: queries.give_up(tx, lease))
        except Exception:
            log.exception("the messages of %s wait until their lease runs out", lease.person_id)

    async def _hand_over_next(self, lease: Lease) -> bool:
        errand = await self._store(lambda tx: next_errand(tx, lease, self._lease, self._channels))
        if errand is None:
            return False
        with self._running.steps.step(f"deliver by {errand.channel}", "client", errand.origin):
            receipt = await self._channels[errand.channel].hand_over(errand.chat, errand.text)
            await reached("message-handed-over")
            await self._store(lambda tx: settle(tx, lease, self._lease, errand, receipt))
        return True

    async def _claim(self, busy: int) -> Sequence[Lease]:
        if busy == AT_ONCE:
            return ()
        try:
            return await self._store(
                lambda tx: queries.lease_queues(tx, new_id(), self._lease, AT_ONCE - busy)
            )
        except Exception:
            if not self._stopping.is_set():
                raise
            return ()

    async def _wait(self, working: set[asyncio.Task[None]]) -> None:
        if working:
            await asyncio.wait(working, timeout=IDLE_S, return_when=asyncio.FIRST_COMPLETED)
        else:
            await pause(self._stopping, IDLE_S)

    async def _store(self, work: Callable[[Tx], Awaitable[Stored]]) -> Stored:
        """One transaction, tried again while the database is away: what was sent must not be forgotten."""
        while True:
            try:
                async with self._running.transaction() as tx:
                    return await work(tx)
            except Exception as error:
                if not is_transient(error) or self._stopping.is_set():
                    raise
                log.warning("sending waits for the database: %r", error)
            await pause(self._stopping, LONGEST_PAUSE_S)
