"""Running senders, as so many replicas of notify would."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from services.chassis.running import Running
from services.notify.app import send_messages
from services.notify.domain import Message, Status
from services.notify.tables import messages
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

LEASE = timedelta(seconds=4)


class Replicas:
    """Starts and stops replicas that send; each has its own connections to Telegram."""

    def __init__(self, notify: ServiceUnderTest) -> None:
        self._notify = notify
        self._started: list[tuple[Running, asyncio.Task[None]]] = []

    def start(self, lease: timedelta = LEASE) -> None:
        running = replace(self._notify.running, stopping=asyncio.Event())
        self._started.append((running, asyncio.create_task(send_messages(running, lease))))

    async def stop(self) -> None:
        """As SIGTERM does: what is on its way is finished."""
        for running, _ in self._started:
            running.stopping.set()
        await asyncio.gather(*[task for _, task in self._started])
        self._started.clear()

    async def handed_over(self, person_id: UUID) -> Sequence[Message]:
        """Wait until none of the person's messages waits; answer all of them, oldest first."""

        async def none_waits() -> bool:
            told = await self.messages(person_id)
            return bool(told) and all(message.status is not Status.WAITING for message in told)

        await until(none_waits, what=f"messages of {person_id} handed over")
        return await self.messages(person_id)

    async def messages(self, person_id: UUID) -> Sequence[Message]:
        async with self._notify.tx() as tx:
            theirs = select(Message).where(messages.c.person_id == person_id)
            return (await tx.scalars(theirs.order_by(messages.c.number))).all()
