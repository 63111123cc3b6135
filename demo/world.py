"""The running services as the story meets them: their addresses, tokens for its people, the stack's clock."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from infra.clock import read_offset, set_offset
from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.chassis.tokens import ISSUER, SigningKey, issue

TOKEN_LASTS = timedelta(days=1)
PATIENCE_S = 30.0
PAUSE_S = 0.1


class Rejected(Exception):
    """A service answered with a problem where the story needed a yes."""


@dataclass(slots=True)
class World:
    """`urls` has one address per replica of each service; a call tries the next when one does not answer."""

    urls: Mapping[str, Sequence[str]]
    key: SigningKey
    clock: Path
    kafka: Sequence[str]
    _http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=10))

    def token(self, caller: Caller) -> str:
        """A bearer token that lasts a day."""
        return issue(self.key, caller, issuer=ISSUER, lasts=TOKEN_LASTS)

    async def ask(self, caller: Caller, service: str, path: str, **query: str | int) -> Any:
        """GET, as this caller."""
        return (await self._send(caller, "GET", service, path, params=query)).json()

    async def page(self, service: str, path: str) -> str:
        """What a browser without any token is shown at an address, in Indonesian."""
        return (await self._send(None, "GET", service, path, headers={"Accept-Language": "id"})).text

    async def tell(self, caller: Caller, service: str, path: str, body: object, method: str = "POST") -> Any:
        """An unsafe request, sent again with the same Idempotency-Key until it is answered."""
        headers = {"Idempotency-Key": str(new_id())}
        return (await self._send(caller, method, service, path, json=body, headers=headers)).json()

    async def all(self, caller: Caller, service: str, path: str, **query: str | int) -> list[Any]:
        """Every item of a listing, page by page."""
        page = await self.ask(caller, service, path, limit=100, **query)
        items: list[Any] = page["items"]
        while page["next"]:
            page = await self.ask(caller, service, path, limit=100, cursor=page["next"], **query)
            items += page["items"]
        return items

    async def _send(
        self, caller: Caller | None, method: str, service: str, path: str, *, headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:  # fmt: skip
        signed = {"Authorization": f"Bearer {self.token(caller)}"} if caller else {}
        all_headers = {**signed, **(headers or {})}
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        for attempt in range(1_000_000):
            base = self.urls[service][attempt % len(self.urls[service])]
            answer = await self._try(method, base + path, headers=all_headers, **more)
            if answer is not None and answer.status_code not in {429, 503}:
                return _accepted(answer)
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(PAUSE_S)
        raise Rejected(f"{service} did not answer {method} {path} within {PATIENCE_S:.0f} s")

    async def _try(self, method: str, url: str, **request: Any) -> httpx.Response | None:
        try:
            return await self._http.request(method, url, **request)
        except httpx.TransportError:
            return None

    def now(self) -> datetime:
        """The judged time, by this machine's clock and the stack's offset."""
        return datetime.now(UTC) + timedelta(seconds=read_offset(self.clock))

    def move_to(self, moment: datetime) -> None:
        """Let time pass, at once: due rows up to that moment fall due. Never backwards."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        set_offset(self.clock, max(ahead, read_offset(self.clock)))

    async def close(self) -> None:
        await self._http.aclose()


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise Rejected(
        f"{answer.request.method} {answer.request.url} -> {answer.status_code} {answer.text[:500]}"
    )
