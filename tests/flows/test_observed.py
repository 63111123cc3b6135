"""What operators see of the story: traces that hold together, and logs without anything of anybody."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import pytest_asyncio

from demo.people import CAST, VILLAGES
from demo.steps import STEPS
from demo.story import Story, play
from infra.services import SERVICES
from services.chassis.logs import JsonLines
from services.chassis.spans import open_spans
from tests.chassis.receiver import Receiver, Seen, receiving
from tests.harness.flows import Villages

pytestmark = pytest.mark.asyncio(loop_scope="session")


@contextmanager
def written() -> Iterator[io.StringIO]:
    """All that is logged within the block, as a service would write it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines("all"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def telling(running: Villages, receiver: Receiver) -> Iterator[None]:
    """Within the block all services tell their spans to the receiver."""
    silent = {name: one.steps.spans for name, one in running.running.items()}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in receiver.environment().items():
            environment.setenv(name, value)
        spans = {name: open_spans(name) for name in SERVICES}
    try:
        _let_tell(running, spans)
        yield
    finally:
        _let_tell(running, silent)


def _let_tell(running: Villages, spans: dict[str, Any]) -> None:
    for name, one in running.running.items():
        one.steps.spans = spans[name]
        assert one.relay is not None
        one.relay.spans = spans[name]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def told(running: Villages) -> AsyncIterator[tuple[Receiver, list[dict[str, str]]]]:
    """The spans and the log lines of one telling of the story."""
    story = Story.begun(running.world, lambda _: None)
    with receiving() as receiver, written() as text:
        with telling(running, receiver):
            await play(story, STEPS, lambda _number, _step: None)
            await running.quiet()
            spans = [one.steps.spans for one in running.running.values()]
        for each in spans:
            await each.close()
        yield receiver, [json.loads(line) for line in text.getvalue().splitlines()]


def steps(receiver: Receiver, name: str, service: str) -> list[Seen]:
    found = receiver.named(name, service)
    assert found, f"no span {name} of {service}"
    return found


async def test_an_order_is_one_trace_from_the_request_to_the_message_that_tells_of_it(
    told: tuple[Receiver, list[dict[str, str]]],
) -> None:
    receiver, _ = told

    for placing in steps(receiver, "POST /orders", "orders"):
        trace = placing.trace
        [carried] = receiver.named("outbox orders.placed.v1", "orders", trace)
        [gathered] = receiver.named("handle orders.placed.v1", "cooperative", trace)
        [stored] = receiver.named("handle orders.placed.v1", "notify", trace)
        [delivered] = [
            one for one in receiver.spans if one.trace == trace and one.name.startswith("deliver by ")
        ]
        [sent] = receiver.named("outbox notify.message_sent.v1", "notify", trace)
        assert {carried.parent, gathered.parent, stored.parent} == {placing.id}
        assert (delivered.parent, sent.parent) == (stored.id, delivered.id)


async def test_what_a_duty_tells_is_heard_in_the_trace_in_which_it_was_scheduled(
    told: tuple[Receiver, list[dict[str, str]]],
) -> None:
    receiver, _ = told
    [closing] = [
        one
        for heard in steps(receiver, "handle orders.book_closed.v1", "cooperative")
        for one in receiver.spans
        if one.id == heard.parent
    ]

    [announcing] = [one for one in receiver.spans if one.id == closing.parent]
    [announced] = [one for one in receiver.spans if one.id == announcing.parent]

    assert (closing.service, closing.name.partition(" ")[0]) == ("orders", "due")
    assert (announcing.service, announcing.name) == ("orders", "handle cooperative.window_announced.v1")
    assert (announced.service, announced.name) == ("cooperative", "POST /windows")


async def test_every_step_but_requests_has_the_step_before_it_and_none_failed(
    told: tuple[Receiver, list[dict[str, str]]],
) -> None:
    receiver, _ = told
    known = {one.id: one for one in receiver.spans}
    begun = {one.trace for one in receiver.spans if one.parent == ""}
    of_story = [
        one for one in receiver.spans if one.trace in begun
    ]  # due work of an earlier story has its own trace

    orphans = {one.name for one in receiver.spans if known.get(one.parent, one).trace != one.trace}
    rootless = {one.name for one in of_story if one.parent not in known and one.parent != ""}
    roots = {one.name.partition(" ")[0] for one in receiver.spans if one.parent == ""}

    assert (orphans, rootless) == (set(), set())
    assert roots <= {"GET", "POST", "PUT", "DELETE", "PATCH"}
    assert {one.service for one in receiver.spans} == set(SERVICES)
    assert [one for one in receiver.spans if one.failed and one.said.get("error.type") == "500"] == []


async def test_neither_spans_nor_logs_name_anybody(told: tuple[Receiver, list[dict[str, str]]]) -> None:
    receiver, lines = told
    seen = repr(receiver.spans) + repr(lines)

    people = {person.name for person in CAST} | {person.name.split()[-1].strip("()") for person in CAST}
    assert [name for name in sorted(people) if name in seen] == []
    assert [secret for secret in ("eyJ", "Bearer", "1:test", *VILLAGES.values()) if secret in seen] == []
    assert all(line["message"] for line in lines)
