"""One replica of a service while it runs: its database, its parts, and how they stop."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from services.chassis.access import Caller
from services.chassis.apart import Apart
from services.chassis.clock import Clock
from services.chassis.consumer import Consumer
from services.chassis.database import Database, open_engine
from services.chassis.due import Sweep
from services.chassis.group import Group
from services.chassis.metrics import Metrics
from services.chassis.partitions import tend
from services.chassis.reaction import Reactions
from services.chassis.relay import Relay
from services.chassis.settings import Settings
from services.chassis.spans import open_spans
from services.chassis.steps import Steps
from services.chassis.trace import Origin
from services.chassis.tx import Tx
from services.chassis.upkeep import keep_up

log = logging.getLogger(__name__)

STOP_S = 5


@dataclass(slots=True)
class Running:
    """What endpoints, loops and health see of the running service."""

    name: str
    settings: Settings
    database: Database
    group: Group
    sweep: Sweep
    consumer: Consumer | None
    relay: Relay | None
    reactions: Reactions
    steps: Steps
    apart: Apart = field(default_factory=Apart)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    failed: str = ""
    _drained: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def transaction(
        self, caller: Caller | None = None, origin: Origin | None = None
    ) -> AbstractAsyncContextManager[Tx]:
        """A transaction in the name of a caller, or of the service itself."""
        return self.database.transaction(caller, origin)

    @asynccontextmanager
    async def parts(self, loops: "tuple[Loop, ...]") -> AsyncIterator[None]:
        """Start every part; at the end stop consuming first, then carry out what is left, then close."""
        await tend(self.database.engine, self.settings.inbox_days, datetime.now(UTC))
        working = [self._start(part) for part in self._working(loops)]
        relaying = [self._start(self.relay.run(self._drained))] if self.relay else []
        try:
            yield
        finally:
            self.stopping.set()
            await asyncio.wait(working, timeout=STOP_S)
            self._drained.set()
            _, late = await asyncio.wait([*working, *relaying], timeout=STOP_S)
            self.failed = self.failed or ("did not stop in time" if late else "")
            self.apart.close()
            await self.steps.spans.close()
            await self.database.engine.dispose()

    def _working(self, loops: "tuple[Loop, ...]") -> list[Coroutine[Any, Any, None]]:
        parts = [keep_up(self.database.engine, self.settings, self.stopping)]
        if self.consumer:
            parts += [self.consumer.run(self.stopping), self.consumer.topics.watch(self.stopping)]
        if self.relay:
            parts.append(self.sweep.run(self.stopping))
            parts += [_looped(loop, self) for loop in loops]
        return parts

    def _start(self, part: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(part)
        task.add_done_callback(self._ended)
        self._tasks.append(task)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.failed = f"{type(error).__name__}: {error}"
            log.critical("a part of %s failed, the service stops: %s", self.name, self.failed, exc_info=error)
            os.kill(os.getpid(), signal.SIGTERM)


Loop = Callable[[Running], Awaitable[None]]
"""A service's own background work, until `running.stopping` is set."""


async def _looped(loop: Loop, running: Running) -> None:
    await loop(running)


def prepare(name: str, settings: Settings, reactions: Reactions) -> Running:
    """Wire one service's parts; nothing is connected yet."""
    wake = asyncio.Event()
    engine = open_engine(settings.database_url, settings.pool_size)
    database = Database(engine, Clock(settings.clock), name, wake.set)
    steps = Steps(Metrics(), open_spans(name))
    group = Group(database, reactions, steps)
    consumer = relay = None
    if settings.kafka:
        relay = Relay(settings.database_url, settings.kafka, name, wake, steps.spans)
    if settings.kafka and reactions.topics:
        consumer = Consumer(settings.kafka, name, reactions.topics, group, database)
    apart = Apart()
    sweep = Sweep(database, reactions, consumer.topics.ends if consumer else None, steps, apart)
    return Running(name, settings, database, group, sweep, consumer, relay, reactions, steps, apart)
