"""The outermost layer of a service's HTTP: whatever happens inside, the caller gets a problem."""

import logging
from collections.abc import Sequence
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.chassis.answers import (
    Broken,
    Invalid,
    MalformedBody,
    NoSuchPath,
    Unanswerable,
    Unavailable,
    WrongMethod,
    answer,
)
from services.chassis.failure import is_transient
from services.chassis.guessing import Guesses
from services.chassis.limits import BodyLimit, Rate
from services.chassis.openapi import describe
from services.chassis.problem import Refused
from services.chassis.settings import Settings
from services.chassis.spans import Said
from services.chassis.steps import Steps
from services.chassis.tokens import TokenVerifier
from services.chassis.validation import Mistake, placed, telling

log = logging.getLogger(__name__)


class Edge:
    """Answers what nothing inside has answered, and writes down once what is a bug."""

    def __init__(self, app: ASGIApp, steps: Steps) -> None:
        self.app, self._steps = app, steps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        with self._steps.request(scope) as said:
            await self._answered(scope, receive, send, said)
        return None

    async def _answered(self, scope: Scope, receive: Receive, send: Send, said: Said) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                said["http.response.status_code"] = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if started:
                raise
            await respond(Request(scope), error)(scope, receive, watched)


def respond(request: Request, error: Exception) -> Response:
    """The problem for an error; one log entry where the caller can do nothing about it."""
    return answer(told(error, f"{request.method} {request.scope['path']!r}"), request)


def told(error: Exception, where: str) -> Refused:
    """What to say about an error; `where` is what the log names, and must not be a secret."""
    refused = refusal(error)
    if refused is None:
        log.error("%s failed", where, exc_info=error)
    elif isinstance(refused, Unavailable):
        log.warning("%s is unavailable: %r", where, error)
    return refused or Broken()


def refusal(error: Exception) -> Refused | None:
    """What is to be said about an error: nothing (None) where it is a bug."""
    match error:
        case Refused():
            return error
        case RequestValidationError():
            return _invalid(cast("Sequence[Mistake]", error.errors()), error.body)
        case HTTPException():
            return _BY_STATUS.get(error.status_code, Unanswerable)()
        case ClientDisconnect():
            return Unanswerable()
    return Unavailable() if is_transient(error) else None


_BY_STATUS: dict[int, type[Refused]] = {400: MalformedBody, 404: NoSuchPath, 405: WrongMethod}


def _invalid(mistakes: Sequence[Mistake], body: object) -> Refused:
    """A body that is not JSON is malformed; JSON that says the wrong thing is invalid."""
    if any(one["type"] == "json_invalid" for one in mistakes):
        return MalformedBody()
    in_body = [placed(one, body) if one["loc"][:1] == ("body",) else one for one in mistakes]
    return Invalid(*telling(in_body))


async def on_error(request: Request, error: Exception) -> Response:
    """Registered for each kind of error that FastAPI would answer in its own way."""
    return respond(request, error)


def furnish(app: FastAPI, settings: Settings, steps: Steps) -> None:
    """Give an app what every service's HTTP has: who is calling, limits, problems, its document."""
    app.state.verify_token = TokenVerifier(settings.keys)
    app.state.rate = Rate(settings.requests_per_minute)
    app.state.guesses = Guesses()
    app.router.redirect_slashes = False
    app.add_middleware(BodyLimit, largest=settings.body_bytes)
    app.add_middleware(Edge, steps=steps)
    for kind in (Refused, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, on_error)
    describe(app)
