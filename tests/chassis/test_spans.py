"""Spans: one trace from the request to the last handler where a receiver is named, and no cost where none is."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from infra.services import SERVICES
from services.chassis.ids import new_id
from services.chassis.spans import Spans, open_spans
from tests.chassis import broker
from tests.chassis.probe.events import Counted
from tests.chassis.receiver import Receiver, Seen, receiving
from tests.chassis.world import World
from tests.harness.stack import CHECKOUT
from tests.harness.until import until

TRACE, FROM = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SDK = {"opentelemetry.sdk", "opentelemetry.exporter", "services.chassis.otlp"}
TOLD = f"00-{TRACE}-{FROM}-01"


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Where processes that are started from now on tell their spans."""
    with receiving() as started:
        for name, value in started.environment().items():
            monkeypatch.setenv(name, value)
        yield started


async def one(receiver: Receiver, name: str, service: str, trace: str) -> Seen:
    [seen] = await until(lambda: receiver.named(name, service, trace), what=f"the span {name} of {service}")
    return seen


async def test_a_request_is_one_trace_through_outbox_and_kafka_to_the_handler_of_the_next_service(
    launched: World, receiver: Receiver
) -> None:
    counter_id = new_id()
    counters = await launched.start("counters").ready()
    launched.start("mirror")

    await launched.add(counters, counter_id, traceparent=TOLD)

    request = await one(receiver, "POST /counters/{counter_id}/additions", "counters", TRACE)
    counted = await one(receiver, "outbox probe.counted.v1", "counters", TRACE)
    handled = await one(receiver, "handle probe.counted.v1", "mirror", TRACE)
    mirrored = await one(receiver, "outbox mirror.mirrored.v1", "mirror", TRACE)
    assert (request.parent, counted.parent) == (FROM, request.id)
    assert (handled.parent, mirrored.parent) == (request.id, handled.id)
    assert request.said["http.response.status_code"] == "201"
    [event] = await broker.headers(launched.kafka, "probe.counters", counter_id)
    assert counted.said["messaging.message.id"] == handled.said["messaging.message.id"] == event["ce_id"]


async def test_what_falls_due_without_a_request_begins_a_trace_that_its_event_hands_on(
    launched: World, receiver: Receiver
) -> None:
    key = new_id()
    async with launched.tx("mirror") as tx:
        await tx.schedule("ring", key, datetime.now(UTC))

    launched.start("mirror")
    await launched.tells("mirror.mirrors", 1, key)

    [event] = await broker.headers(launched.kafka, "mirror.mirrors", key)
    _, trace, step, _ = event["traceparent"].split("-")
    due = await one(receiver, "due ring", "mirror", trace)
    rung = await one(receiver, "outbox mirror.rung.v1", "mirror", trace)
    assert (due.id, due.parent, rung.parent) == (step, "", step)


async def test_a_handler_that_fails_is_told_by_the_kind_of_error_not_by_its_words(
    launched: World, receiver: Receiver
) -> None:
    await launched.publish(Counted(counter_id=new_id(), amount=-13, total=-13, version=1))

    launched.start("mirror")

    failed = await until(lambda: receiver.named("handle probe.counted.v1"), what="the failed handler's span")
    assert failed[0].failed
    assert failed[0].said["error.type"] == "ValueError"
    assert "breaks" not in str(failed)


async def test_health_and_metrics_are_no_spans_and_a_receiver_that_is_away_holds_nothing_up(
    launched: World, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    counter_id = new_id()
    seen = await launched.start("counters").ready()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    unseen = await launched.start("counters").ready()

    for replica in (seen, unseen):
        assert (await launched.add(replica, counter_id)).status_code == 201
        replica.ask_to_stop()
        assert await replica.ended() == 0

    assert receiver.named("POST /counters/{counter_id}/additions", "counters")
    assert [span.name for span in receiver.spans if "health" in span.name or span.name == "GET"] == []


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
        {"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
    ],
)
def test_nobody_is_told_unless_the_environment_names_a_receiver(environment: dict[str, str]) -> None:
    assert type(open_spans("orders", environment)) is Spans


@pytest.mark.parametrize("named", ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER"])
async def test_an_endpoint_or_the_exporters_name_switches_spans_on(named: str) -> None:
    spans = open_spans("orders", {named: "otlp"})

    assert type(spans) is not Spans
    await spans.close()


def test_a_protocol_that_is_not_spoken_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")

    with pytest.raises(ValueError, match="http/protobuf"):
        open_spans("orders", {"OTEL_TRACES_EXPORTER": "otlp"})


def test_the_sdk_is_not_even_imported_where_nobody_listens() -> None:
    told = "; ".join(f"import services.{name}.app" for name in SERVICES)
    check = f"import services.run, sys; {told}; print({{*sys.modules}} & {SDK})"

    answer = subprocess.run(
        [sys.executable, "-c", check], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )

    assert answer.stdout == "set()\n"
