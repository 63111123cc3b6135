"""How all clients ask: again under the same Idempotency-Key until there is an answer, and all of it recorded."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from tests.faults.history import Attempt, Command, History, Outcome

ATTEMPT_S = 8
PATIENCE_S = 90
PAUSE_S = 0.3
GIVES_UP = 0.01
"""How many never ask again when they get no answer, so that there are unknown outcomes to judge."""
NOTHING_SENT = -1
NO_ANSWER = 0
LATER = {429, 500, 502, 503, 504}


@dataclass
class Clients:
    """`urls(service)` are the addresses of its replicas; a command tries the next when one does not answer."""

    urls: Callable[[str], list[str]]
    history: History
    http: httpx.AsyncClient
    drawn: random.Random
    _in_doubt: dict[int, str] = field(default_factory=dict)

    def in_doubt(self, service: str) -> int:
        """How many commands to this service had an attempt that may have been granted, and are asked again."""
        return sum(asked == service for asked in self._in_doubt.values())

    async def read(self, token: str, service: str, path: str, **query: str | int) -> Any | None:
        """What a GET answers, None when there is no answer now."""
        self.history.reads += 1
        base = self.drawn.choice(self.urls(service))
        try:
            answer = await self.http.get(
                base + path, params=query, headers={"Authorization": f"Bearer {token}"}, timeout=ATTEMPT_S
            )
        except httpx.HTTPError:
            return None
        return answer.json() if answer.is_success else None

    async def tell(
        self, command: Command, token: str, path: str, body: object, headers: Mapping[str, str] | None = None,
        method: str = "POST",
    ) -> dict[str, Any] | None:  # fmt: skip
        """Ask until there is a yes or a no; the answer's body where it is a yes."""
        key = str(UUID(int=self.drawn.getrandbits(128), version=4))
        whole = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, **(headers or {})}
        command.at = datetime.now(UTC).isoformat()
        deadline = time.monotonic() + PATIENCE_S
        urls = self.urls(command.service)
        turn, gives_up = self.drawn.randrange(len(urls)), self.drawn.random() < GIVES_UP
        while time.monotonic() < deadline:
            base = urls[turn % len(urls)]
            turn += 1
            answer = await self._attempt(command, base, method, path, json=body, headers=whole)
            if answer is not None and answer.status_code not in LATER:
                return self._judged(command, answer)
            if command.perhaps_done:
                if gives_up:
                    break
                self._in_doubt[command.number] = command.service
            await asyncio.sleep(PAUSE_S)
        self._end(command, "unknown" if command.perhaps_done else "refused")
        return None

    def _end(self, command: Command, outcome: Outcome) -> None:
        self._in_doubt.pop(command.number, None)
        self.history.end(command, outcome)

    async def _attempt(
        self, command: Command, base: str, method: str, path: str, **more: Any
    ) -> httpx.Response | None:
        began = time.monotonic()
        status, answer = NO_ANSWER, None
        try:
            answer = await self.http.request(method, base + path, timeout=ATTEMPT_S, **more)
            status = answer.status_code
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            status = NOTHING_SENT
        except httpx.HTTPError:
            status = NO_ANSWER
        took = time.monotonic() - began
        command.attempts.append(
            Attempt(round(began - self.history.began, 3), round(took, 3), base.rpartition(":")[2], status)
        )
        return answer

    def _judged(self, command: Command, answer: httpx.Response) -> dict[str, Any] | None:
        if answer.is_success:
            told: dict[str, Any] = answer.json()
            command.subject = told.get("id")
            self._end(command, "acknowledged")
            return told
        # a no says nothing of an earlier attempt: a frozen process may do it later, when it is possible again
        self._end(command, "unknown" if command.perhaps_done else "refused")
        return None
