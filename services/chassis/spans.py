"""Where a trace is told to. To nobody, unless the environment names an OTLP receiver: then by `otlp`."""

import importlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

Kind = Literal["server", "consumer", "producer", "client", "internal"]
Said = dict[str, Any]
"""Attributes of a span: ids, types and numbers, never what people entered. May grow while the span lasts."""

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


class Spans:
    """Nobody listens: what was told is handed on as it came."""

    silent = True

    @contextmanager
    def span(self, name: str, kind: Kind, told: str | None, said: Said) -> Iterator[str | None]:
        """A step in the trace that was told (`traceparent`), or in a new one; what to hand on from here."""
        del name, kind, said
        yield told

    def carried(self, rows: Sequence[Any]) -> None:
        """These rows of the outbox were acknowledged by Kafka just now."""

    async def close(self) -> None:
        """Hand over what is left."""


def open_spans(service: str, environment: Mapping[str, str] = os.environ) -> Spans:
    """Spans of this service. The SDK costs memory and start time, so it is imported only where it is wanted."""
    if not _wanted(environment):
        return Spans()
    spans: Spans = importlib.import_module("services.chassis.otlp").Exported(service)
    return spans


def _wanted(environment: Mapping[str, str]) -> bool:
    off = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    exporter = environment.get("OTEL_TRACES_EXPORTER", "")
    named = exporter == "otlp" or any(environment.get(name) for name in ENDPOINTS)
    return named and not off and exporter != "none"
