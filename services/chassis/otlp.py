"""Spans told to an OTLP receiver over HTTP, as OpenTelemetry's environment variables say."""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.chassis.spans import Kind, Said, Spans
from services.chassis.trace import HEADER

CLOSE_S = 1
_KINDS = {kind.name.lower(): kind for kind in SpanKind}
_W3C = TraceContextTextMapPropagator()


class Exported(Spans):
    """Collects spans and sends them from a thread of its own; a receiver that is away costs nothing but spans.

    Raises:
        ValueError: the environment asks for another protocol than `http/protobuf`.
    """

    silent = False

    def __init__(self, service: str) -> None:
        _refuse_other_protocols()
        about = {
            "service.name": os.environ.get("OTEL_SERVICE_NAME", service),
            "service.namespace": "lumbung",
            "service.instance.id": f"{os.uname().nodename}/{os.getpid()}",
        }
        self._provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("lumbung")

    @contextmanager
    def span(self, name: str, kind: Kind, told: str | None, said: Said) -> Iterator[str | None]:
        span = self._tracer.start_span(name, _parent(told), _KINDS[kind])
        try:
            yield _own(span)
        except BaseException as error:
            span.set_status(StatusCode.ERROR)
            said["error.type"] = type(error).__name__  # never its words, which may quote what people entered
            raise
        finally:
            span.update_name(said.pop("name", name))
            span.set_attributes(said)
            span.end()

    def carried(self, rows: Sequence[Any]) -> None:
        now = time.time_ns()
        for row in rows:
            about = {
                "messaging.destination.name": row["aggregatetype"],
                "messaging.message.id": str(row["id"]),
            }
            span = self._tracer.start_span(
                f"outbox {row['type']}",
                _parent(row["traceparent"]),
                SpanKind.PRODUCER,
                attributes=about,
                start_time=min(now, (row["id"].int >> 80) * 1_000_000),
            )
            span.end(now)

    async def close(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_S):
                await asyncio.to_thread(self._provider.shutdown)
        except TimeoutError:
            return  # the receiver is away; the process ends all the same


def _parent(told: str | None) -> Context:
    return _W3C.extract({HEADER: told} if told else {}, Context())


def _own(span: Span) -> str:
    carrier: dict[str, str] = {}
    _W3C.inject(carrier, set_span_in_context(span))
    return carrier[HEADER]


def _refuse_other_protocols() -> None:
    for name in ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"):
        if (told := os.environ.get(name, "http/protobuf")) != "http/protobuf":
            raise ValueError(f"{name}={told}: traces are sent by http/protobuf alone (port 4318 as a rule)")
