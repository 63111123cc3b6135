"""Each piece of work while it is done, a request, an event, a duty: timed, told as a span, named in its logs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from services.chassis.envelope import Envelope
from services.chassis.metrics import Metrics
from services.chassis.spans import Kind, Said, Spans
from services.chassis.trace import HEADER, Origin, current, joined, sound

UNSEEN = ("/health/", "/metrics")
"""Asked every few seconds by machines: no step of anything."""


@dataclass(slots=True)
class Steps:
    """Where the steps of one replica are counted and told."""

    metrics: Metrics
    spans: Spans

    @contextmanager
    def request(self, scope: Scope) -> Iterator[Said]:
        """A request; who answers it says with which status. The transactions within belong to its trace."""
        said: Said = {"http.request.method": scope["method"]}
        spans = Spans() if scope["path"].startswith(UNSEEN) else self.spans
        told = sound(Headers(scope=scope).get(HEADER))
        with spans.span(scope["method"], "server", told, said) as own:
            try:
                with _at(Origin(own if own != told else joined(told))):
                    yield said
            finally:
                _name_route(said, scope)

    @contextmanager
    def event(self, envelope: Envelope) -> Iterator[Envelope]:
        """An event being handled; as the cause of what follows it, it stands in the trace where this step does."""
        began, token = perf_counter(), current.set(Origin(envelope.traceparent, str(envelope.id)))
        try:
            if self.spans.silent:  # the usual case, and thousands of them a second
                yield envelope
            else:
                said = {"messaging.message.id": str(envelope.id), "lumbung.subject": envelope.subject}
                name = f"handle {envelope.type}"
                with self.spans.span(name, "consumer", envelope.traceparent, said) as own:
                    yield replace(envelope, traceparent=own)
        finally:
            current.reset(token)
            self.metrics.handled(envelope.type, perf_counter() - began)

    @contextmanager
    def duty(self, kind: str, origin: Origin) -> Iterator[Origin]:
        """Due work, in the trace in which it was scheduled; of what nobody traced, a trace begins here."""
        with self._timed(f"due {kind}"), self.step(f"due {kind}", "internal", origin) as own:
            yield own if own.traceparent else replace(own, traceparent=joined(None))

    @contextmanager
    def step(self, name: str, kind: Kind, origin: Origin, said: Said | None = None) -> Iterator[Origin]:
        """Any other work; transactions that are opened within come from it."""
        with (
            self.spans.span(name, kind, origin.traceparent, said or {}) as own,
            _at(replace(origin, traceparent=own)) as here,
        ):
            yield here

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self.metrics.handled(what, perf_counter() - began)


@contextmanager
def _at(origin: Origin) -> Iterator[Origin]:
    token = current.set(origin)
    try:
        yield origin
    finally:
        current.reset(token)


def _name_route(said: Said, scope: Scope) -> None:
    route: Any = scope.get("route")
    template = getattr(route, "path_format", None)
    if template:
        said |= {"name": f"{scope['method']} {template}", "http.route": template}
    if said.get("http.response.status_code", 0) >= 500:
        said["error.type"] = str(said["http.response.status_code"])
