"""asyncapi.yaml agrees with the schemas, with the chassis' envelope, and with what services subscribe to."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from infra.contracts.contract import HERE, read_all
from infra.contracts.judge import judge
from infra.contracts.topics import exchanges, topics
from services.chassis.envelope import Envelope
from services.chassis.ids import new_id
from services.chassis.message import message
from services.chassis.outbox import LARGEST_VALUE
from services.chassis.reaction import Reactions
from tests.contracts.models import RECEIVED, SENT, SERVICES

DOCUMENT = HERE.asyncapi()
SCHEMAS = read_all(HERE.schemas)
THIRTY_DAYS = 30 * 24 * 3600 * 1000


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (str(value) for name, value in part.items() if name == "$ref")
        yield from (found for value in part.values() for found in references(value))
    if isinstance(part, list):
        yield from (found for value in part for found in references(value))


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        file, _, path = reference.partition("#/")
        if file:
            assert (HERE.root / "schemas" / file).is_file(), reference
            continue
        part = DOCUMENT
        for step in path.split("/"):
            assert step in part, reference
            part = part[step]


def test_every_event_travels_in_one_topic_and_has_one_sender_which_names_it() -> None:
    travelling = Counter(name for topic in topics(HERE) for name in topic.types)
    sent = Counter(name for _, name in SENT)

    assert travelling == sent == Counter(SCHEMAS.keys())
    assert [(who, name) for who, name in SENT if not name.startswith(f"{who}.")] == []


def test_an_operation_names_only_messages_of_its_channel() -> None:
    carried = {topic.address: set(topic.types) for topic in topics(HERE)}

    for said in exchanges(HERE, "send") + exchanges(HERE, "receive"):
        assert set(said.types) <= carried[said.topic], said


def test_the_key_of_a_topic_is_a_required_id_in_all_its_events() -> None:
    for topic in topics(HERE):
        for name in topic.types:
            assert SCHEMAS[name]["properties"][topic.key]["format"] == "uuid", name
            assert {topic.key, "version"} <= set(SCHEMAS[name]["required"]), name


def test_topics_keep_thirty_days_and_take_the_largest_value_that_emit_takes() -> None:
    for address, channel in DOCUMENT["channels"].items():
        configuration = channel["bindings"]["kafka"]["topicConfiguration"]
        more = 65_536 if address.endswith(".dead-letters") else 0
        assert configuration["retention.ms"] == THIRTY_DAYS
        assert configuration["max.message.bytes"] - more == 1_000_000 > LARGEST_VALUE


def test_asyncapi_and_the_folder_of_services_name_the_same_services() -> None:
    operations = DOCUMENT["operations"].values()

    assert sorted({operation["x-service"] for operation in operations}) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_sends_its_dead_letters_and_nobody_receives_them(service: str) -> None:
    channel = {"$ref": f"#/channels/{service}.dead-letters"}
    operations = [told for told in DOCUMENT["operations"].values() if told["channel"] == channel]

    assert [(told["action"], told["x-service"]) for told in operations] == [("send", service)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_subscribes_to_exactly_what_asyncapi_says_it_receives(service: str) -> None:
    told = {name for who, name in RECEIVED if who == service}

    reactions = Reactions(import_module(f"services.{service}.app").SERVICE.handlers)

    assert reactions.by_type.keys() == told, f"{service}'s @on handlers and its receive operations differ"
    assert reactions.topics == {said.topic for said in exchanges(HERE, "receive") if said.service == service}


def test_the_envelope_that_the_chassis_writes_is_the_one_promised() -> None:
    promised = DOCUMENT["components"]["schemas"]["envelope"]
    full = Envelope(
        id=new_id(),
        source="/lumbung/orders",
        type="orders.placed.v1",
        time=datetime(2026, 11, 24, 3, 15, tzinfo=UTC),
        subject=str(new_id()),
        version=1,
        actor=f"assistant:{new_id()}",
        on_behalf_of=str(new_id()),
        caused_by=str(new_id()),
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )

    headers = {name: value.decode() for name, value in full.headers()}

    assert headers.keys() == promised["properties"].keys()
    judge(promised).validate(headers)


def test_a_dead_letter_carries_the_original_and_the_headers_promised_beside_it() -> None:
    promised = DOCUMENT["components"]["schemas"]["parked"]
    told = {"cause": "not JSON", "service": "orders", "place": "catalog.lots/3/17"}
    original = {"key": "a2V5", "headers": [["ce_type", "+w=="]], "has_value": True} | told

    letter = message({"payload": b"{", "original": json.dumps(original)})

    came, *added = letter["headers"]
    assert (letter["key"], letter["value"], came) == (b"key", b"{", ("ce_type", b"\xfb"))
    assert dict(added).keys() == promised["properties"].keys()
    judge(promised).validate({name: value.decode() for name, value in added})
