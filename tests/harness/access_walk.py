"""Walks every route of an app as callers that must be turned away, whatever they send."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from services.chassis.access import Allow, Caller
from services.chassis.http import ServiceRoute, owner_rule
from services.chassis.ids import new_id
from services.chassis.tokens import DAY, SigningKey, issue

VILLAGES = ("33.01.18.2006",)
ROLES = ("seller", "assistant", "manager", "buyer", "driver", "operator", "nobody")
"""All that there are, and one that there is not."""


@dataclass(frozen=True)
class Guarded:
    """A route that asks for a token: who may take it, its template, and an address with made-up ids."""

    method: str
    template: str
    path: str
    rule: Allow


@dataclass(frozen=True)
class Visited:
    """What one stranger was answered on one route."""

    method: str
    path: str
    who: str
    expected: int
    status: int
    content_type: str

    @property
    def turned_away(self) -> bool:
        return self.status == self.expected and self.content_type == "application/problem+json"


async def walk(app: FastAPI, key: SigningKey) -> AsyncIterator[Visited]:
    """Every route that is not public, as every stranger; `key` is the one whose tokens the app trusts.

    assert [seen async for seen in walk(orders.app, orders.key) if not seen.turned_away] == []
    """
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://walk") as client:
        for route in guarded(app):
            for expected, tokens in ((401, nobodys(key)), (403, of_wrong_roles(key, route.rule))):
                for who, token in tokens.items():
                    sent = {"Authorization": f"Bearer {token}"} if token else {}
                    sent["Idempotency-Key"] = str(new_id())
                    answer = await client.request(route.method, route.path, headers=sent, json={})
                    kind = answer.headers.get("content-type", "")
                    yield Visited(route.method, route.path, who, expected, answer.status_code, kind)


def guarded(app: FastAPI) -> list[Guarded]:
    """Every route that asks for a token."""
    routes = [
        route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, ServiceRoute)
    ]
    ruled = [(route, owner_rule(route.dependant)) for route in routes]
    return [
        Guarded(method, route.path or "", _address(route.path or ""), rule)
        for route, rule in ruled
        if isinstance(rule, Allow)
        for method in sorted(route.methods or ())
    ]


def _address(path: str) -> str:
    return "/".join(str(new_id()) if part.startswith("{") else part for part in path.split("/"))


def nobodys(key: SigningKey) -> dict[str, str]:
    """Tokens that say nothing: none, one with another's signature under our key's name, old and early ones."""
    somebody = Caller(new_id(), ROLES[0])
    forger = SigningKey(key.kid, SigningKey.new().private)
    return {
        "no token": "",
        "forged token": issue(forger, somebody),
        "expired token": issue(key, somebody, at=datetime.now(UTC) - 2 * DAY),
        "token from tomorrow": issue(key, somebody, at=datetime.now(UTC) + timedelta(hours=1)),
    }


def of_wrong_roles(key: SigningKey, rule: Allow) -> dict[str, str]:
    """Tokens of every role that the rule does not name, and of those named that act for others and may not."""
    wrong = {role: Caller(new_id(), role, VILLAGES, new_id()) for role in ROLES if role not in rule.roles}
    acting = {
        f"{role} on behalf of another": Caller(new_id(), role, VILLAGES, new_id(), on_behalf_of=new_id())
        for role in rule.roles
        if role not in rule.acts_for
    }
    return {who: issue(key, caller) for who, caller in (wrong | acting).items()}
