"""A receiver of spans over OTLP, as a collector would be, and the spans as tests ask for them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Seen:
    """One span as it came; ids in hex, as in `traceparent`."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    said: dict[str, str] = field(hash=False)
    failed: bool


@dataclass
class Receiver:
    """All spans so far, under the address that `OTEL_EXPORTER_OTLP_ENDPOINT` names."""

    url: str
    spans: list[Seen] = field(default_factory=list)

    def named(self, name: str, service: str = "", trace: str = "") -> list[Seen]:
        return [
            one
            for one in list(self.spans)
            if one.name == name and one.service.startswith(service) and one.trace.startswith(trace)
        ]

    def environment(self) -> dict[str, str]:
        """For a process that shall tell its spans here, and soon."""
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": self.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Receive in a thread of its own for the length of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = ExportTraceServiceRequest()
            told.ParseFromString(self.rfile.read(int(self.headers["content-length"])))
            receiver.spans.extend(_spans(told))
            self.send_response(200 if self.path == "/v1/traces" else 404)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            del args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def _spans(told: Any) -> Iterator[Seen]:
    for resource in told.resource_spans:
        about = {one.key: one.value.string_value for one in resource.resource.attributes}
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Seen(
                    about["service.name"],
                    span.name,
                    span.trace_id.hex(),
                    span.span_id.hex(),
                    span.parent_span_id.hex(),
                    {one.key: one.value.string_value or str(one.value.int_value) for one in span.attributes},
                    span.status.code == 2,
                )
