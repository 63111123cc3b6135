"""A service's routes: one transaction per request, committed before the answer leaves."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import Enum
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as DependsParam
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.requests import Request
from starlette.responses import Response

from services.chassis import points
from services.chassis.access import Allow, Caller, Everyone, Rule
from services.chassis.answers import Invalid, NotJson, Unavailable
from services.chassis.failure import is_conflict, sqlstate
from services.chassis.idempotency import UNSAFE, Wish, store_answer, stored_answer, wish_of
from services.chassis.limits import Rate
from services.chassis.problem import Refused
from services.chassis.tx import Tx
from services.chassis.validation import mistake

ATTEMPTS = 3
UNIQUE_VIOLATION = "23505"
Handler = Callable[[Request], Awaitable[Response]]


async def _tx(request: Request) -> Tx:
    tx: Tx = request.state.tx
    return tx


RequestTx = Annotated[Tx, Depends(_tx)]
"""The request's transaction. The route opened it, and commits it when the answer is ready."""


async def _now(tx: RequestTx) -> datetime:
    return await tx.now()


Now = Annotated[datetime, Depends(_now)]
"""The judged time (aware UTC), one and the same for the whole request."""


class ServiceRoute(APIRoute):
    """A route that knows who may take it, and does all of a request in one transaction or nothing of it."""

    strict: ClassVar[bool] = True
    """Whether a parameter that the route does not take is refused."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        rule = owner_rule(self.dependant)
        if rule is None:
            raise TypeError(
                f"{self.path}: say once who may do this, with Depends(Allow(..)) or Depends(Everyone(..))"
            )
        handler = super().get_route_handler()
        known, takes_body = _query_names(self.dependant), self.body_field is not None

        async def handle(request: Request) -> Response:
            caller = _admit(rule, request)
            if self.strict:
                refuse_unknown(request, known)
            if takes_body:
                await _refuse_other_than_json(request)
            wish = await wish_of(request, caller) if request.method in UNSAFE else None
            return await Visit(request, caller, wish, handler).answer()

        return handle


@dataclass(frozen=True)
class Visit:
    """One request being done."""

    request: Request
    caller: Caller
    wish: Wish | None
    handler: Handler

    async def answer(self) -> Response:
        """Do it; again where others came first, up to `ATTEMPTS` times."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._done()
            except Refused:
                # refused perhaps because its own twin, under the same key, was granted meanwhile
                if (stored := await self._answered_to_twin()) is None:
                    raise
                return stored
            except Exception as error:
                if attempt == ATTEMPTS or not _came_second(error):
                    raise
                await asyncio.sleep(random.uniform(0, 0.02 * attempt))
        raise Unavailable

    async def _done(self) -> Response:
        app: FastAPI = self.request.app
        async with app.state.running.transaction(self.caller) as tx:
            if self.wish and (stored := await stored_answer(tx, self.wish)):
                return stored
            self.request.state.tx = tx
            response = await self.handler(self.request)
            if self.wish:
                await store_answer(tx, self.wish, response)
            await points.reached("request-done")
        return response

    async def _answered_to_twin(self) -> Response | None:
        if self.wish is None:
            return None
        app: FastAPI = self.request.app
        async with app.state.running.transaction(self.caller) as tx:
            return await stored_answer(tx, self.wish)


def _came_second(error: Exception) -> bool:
    """A row that another transaction wrote first is there to be read at the next attempt."""
    return is_conflict(error) or sqlstate(error) == UNIQUE_VIOLATION


def address_of(request: Request) -> str:
    """Where a request comes from: the connection's other end, or whom a trusted proxy names."""
    return request.client.host if request.client else "unknown"


def _admit(rule: Rule, request: Request) -> Caller:
    rate: Rate = request.app.state.rate
    address = address_of(request)
    try:
        caller = rule.admit(request)
    except Refused:
        rate.count(address)
        raise
    rate.count(str(caller.subject or address))
    return caller


def refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """Refuse an address with a parameter that the route does not take; silence would hide a misspelling."""
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise Invalid(*(mistake("extra_forbidden", "query", name) for name in unknown))


async def _refuse_other_than_json(request: Request) -> None:
    told = Message()
    told["content-type"] = request.headers.get("content-type", "")
    kind = told.get_content_type()
    if await request.body() and not (kind == "application/json" or kind.endswith("+json")):
        raise NotJson


def _all(dependant: Dependant) -> list[Dependant]:
    return [dependant, *(inner for each in dependant.dependencies for inner in _all(each))]


def owner_rule(dependant: Dependant) -> Rule | None:
    """The one rule that a route's signature declares, if it declares just one."""
    rules = {id(each.call): each.call for each in _all(dependant) if isinstance(each.call, Allow | Everyone)}
    return next(iter(rules.values())) if len(rules) == 1 else None


def _query_names(dependant: Dependant) -> frozenset[str]:
    return frozenset(field.alias for each in _all(dependant) for field in each.query_params)


def routes_without_owner_rule(app: FastAPI) -> list[str]:
    """Every route of the app that does not say who may take it; a test wants none."""
    routes = [
        context for context in iter_route_contexts(app.routes) if isinstance(context.original_route, APIRoute)
    ]
    return [
        f"{sorted(route.methods or ())} {route.path}" for route in routes if not owner_rule(route.dependant)
    ]


def service_router(
    *,
    tags: Sequence[str] = (),
    prefix: str = "",
    dependencies: Sequence[DependsParam] = (),
    route: type[ServiceRoute] = ServiceRoute,
) -> APIRouter:
    """The router every service uses: `router = service_router(tags=["..."])`."""
    names: list[str | Enum] = list(tags)
    return APIRouter(prefix=prefix, tags=names, dependencies=dependencies, route_class=route)
