"""Additions over HTTP from several clients, each asked until granted, of any replica, in a thread of their own."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from uuid import UUID

import httpx

from services.chassis.idempotency import REPLAYED
from services.chassis.ids import new_id
from tests.harness.until import until

OUTAGE_S = 120


@dataclass
class Traffic:
    """Counts what was granted: every one of these must be there at the end, once.

    `replayed` were done at an earlier attempt that nobody answered. A client goes on at the next address.
    """

    urls: Sequence[str]
    counters: Sequence[UUID]
    granted: Counter[UUID] = field(default_factory=Counter)
    failures: int = 0
    replayed: int = 0
    _enough: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        asyncio.run(self._all())

    def stop(self) -> None:
        self._enough.set()

    async def _all(self) -> None:
        async with AsyncExitStack() as opened:
            clients = [
                await opened.enter_async_context(httpx.AsyncClient(base_url=url, timeout=60))
                for url in self.urls
            ]
            await asyncio.gather(*[self._keep_adding(cycle(clients), one) for one in self.counters])

    async def _keep_adding(self, clients: Iterator[httpx.AsyncClient], counter_id: UUID) -> None:
        while not self._enough.is_set():
            asked = partial(self._granted, clients, counter_id, str(new_id()))
            await until(asked, OUTAGE_S, "the addition is granted")
            self.granted[counter_id] += 1

    async def _granted(self, clients: Iterator[httpx.AsyncClient], counter_id: UUID, key: str) -> bool:
        try:
            answer = await next(clients).post(
                f"/counters/{counter_id}/additions", json={"amount": 1}, headers={"Idempotency-Key": key}
            )
        except httpx.TransportError:
            self.failures += 1
            return False
        assert answer.status_code in {201, 503}, answer.text
        self.failures += answer.status_code != 201
        self.replayed += REPLAYED in answer.headers
        return answer.status_code == 201


@contextmanager
def traffic(*urls: str, clients: int) -> Iterator[Traffic]:
    """Traffic for the length of the block; at its end all that was asked for is granted."""
    running = Traffic(urls, [new_id() for _ in range(clients)])
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        yield running
    finally:
        running.stop()
        thread.join()
