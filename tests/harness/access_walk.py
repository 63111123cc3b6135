"""Walks every route of an app as callers that must be turned away, whatever they send."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from services.chassis.access import Caller
from services.chassis.http import ServiceRoute, owner_rule
from services.chassis.ids import new_id
from services.chassis.tokens import DAY, SigningKey, issue

NOBODY = "nobody"


@dataclass(frozen=True)
class Visited:
    """What one stranger was answered on one route."""

    method: str
    path: str
    who: str
    status: int
    content_type: str

    @property
    def expected(self) -> int:
        return 403 if self.who == "wrong role" else 401

    @property
    def turned_away(self) -> bool:
        return self.status == self.expected and self.content_type == "application/problem+json"


async def walk(app: FastAPI, key: SigningKey) -> AsyncIterator[Visited]:
    """Every route that is not public, as every stranger; `key` is the one whose tokens the app trusts.

    assert [seen async for seen in walk(orders.app, orders.key) if not seen.turned_away] == []
    """
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://walk") as client:
        for method, path in guarded(app):
            for who, headers in strangers(key).items():
                sent = headers | {"Idempotency-Key": str(new_id())}
                answer = await client.request(method, path, headers=sent, json={})
                kind = answer.headers.get("content-type", "")
                yield Visited(method, path, who, answer.status_code, kind)


def guarded(app: FastAPI) -> list[tuple[str, str]]:
    """Method and address of every route that asks for a token, with made-up ids in the address."""
    routes = [
        route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, ServiceRoute)
    ]
    closed = [route for route in routes if (rule := owner_rule(route.dependant)) and not rule.public]
    return [
        (method, _address(route.path or "")) for route in closed for method in sorted(route.methods or ())
    ]


def _address(path: str) -> str:
    return "/".join(str(new_id()) if part.startswith("{") else part for part in path.split("/"))


def strangers(key: SigningKey) -> dict[str, dict[str, str]]:
    """Who must not get in: no token, another's signature under our key's name, expired, a role of no rule."""
    nobody = Caller(new_id(), NOBODY)
    forger = SigningKey(key.kid, SigningKey.new().private)
    tokens = {
        "forged token": issue(forger, nobody),
        "expired token": issue(key, nobody, at=datetime.now(UTC) - 2 * DAY),
        "token from tomorrow": issue(key, nobody, at=datetime.now(UTC) + timedelta(hours=1)),
        "wrong role": issue(key, nobody),
    }
    return {"no token": {}} | {who: {"Authorization": f"Bearer {token}"} for who, token in tokens.items()}
