"""Models agree with schemas: what a service writes is what its schema says, and it can read all it must."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from infra.contracts.contract import HERE, Json, read_all
from infra.contracts.judge import misfit
from infra.contracts.topics import topics
from tests.contracts.models import RECEIVED, SENT, SERVICES, model, models
from tests.contracts.payloads import allowed, misshapen

SCHEMAS = read_all(HERE.schemas)
TOPIC = {name: topic for topic in topics(HERE) for name in topic.types}


def fits(event_type: str, value: Json) -> bool:
    return not misfit(event_type, value)


def examples_made(variants: Callable[[Json, Json], Iterator[Json]], event_type: str) -> Iterator[Json]:
    for example in HERE.examples_of(event_type).values():
        yield from variants(SCHEMAS[event_type], example)


def kept(read: Any, told: Any) -> bool:
    """Whether all that was read stands in what was told."""
    if isinstance(read, dict):
        return all(
            name in told and kept(value, told[name]) for name, value in read.items() if value is not None
        )
    if isinstance(read, list):
        return len(read) == len(told) and all(map(kept, read, told))
    return bool(read == told)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_models_of_exactly_what_it_sends_and_receives(service: str) -> None:
    told = {name for who, name in SENT + RECEIVED if who == service}

    assert models(service).keys() == told, f"services/{service}/events.py and asyncapi.yaml name other events"


@pytest.mark.parametrize(("service", "event_type"), SENT + RECEIVED)
def test_a_model_names_the_topic_and_the_key_of_its_event(service: str, event_type: str) -> None:
    known = model(service, event_type)

    assert (known.topic, known.key_field) == (TOPIC[event_type].address, TOPIC[event_type].key)


@pytest.mark.parametrize(("service", "event_type"), SENT)
def test_a_published_model_has_the_fields_of_its_schema_and_writes_its_examples_as_they_are(
    service: str, event_type: str
) -> None:
    published = model(service, event_type)

    assert published.model_fields.keys() == SCHEMAS[event_type]["properties"].keys()
    for story, example in HERE.examples_of(event_type).items():
        written = json.loads(published.model_validate_json(json.dumps(example)).model_dump_json())
        assert written | example == written, f"{story} does not come back as it was"
        assert fits(event_type, written), f"{story} no longer fits its schema once written"


@pytest.mark.parametrize(("service", "event_type"), SENT)
def test_a_published_model_keeps_every_value_its_schema_allows(service: str, event_type: str) -> None:
    for value in examples_made(allowed, event_type):
        assert fits(event_type, value), value

        written = json.loads(
            model(service, event_type).model_validate_json(json.dumps(value)).model_dump_json()
        )

        assert written | value == written
        assert fits(event_type, written)


@pytest.mark.parametrize(("service", "event_type"), SENT)
def test_a_published_model_never_writes_a_shape_its_schema_refuses(service: str, event_type: str) -> None:
    for value in examples_made(misshapen, event_type):
        try:
            read = model(service, event_type).model_validate_json(json.dumps(value))
        except ValidationError:
            assert not fits(event_type, value), value
        else:
            assert fits(event_type, json.loads(read.model_dump_json())), value


@pytest.mark.parametrize(("service", "event_type"), RECEIVED)
def test_a_read_model_declares_only_fields_of_the_schema(service: str, event_type: str) -> None:
    fields = model(service, event_type).model_fields

    assert fields.keys() <= SCHEMAS[event_type]["properties"].keys()
    promised = {name for name, field in fields.items() if field.is_required()}
    assert promised <= set(SCHEMAS[event_type]["required"]), (
        "an optional field needs a default where it is read"
    )


@pytest.mark.parametrize(("service", "event_type"), RECEIVED)
def test_a_read_model_reads_every_example(service: str, event_type: str) -> None:
    for story, example in HERE.examples_of(event_type).items():
        read = model(service, event_type).model_validate_json(json.dumps(example))
        assert kept(json.loads(read.model_dump_json()), example), f"{story} is read as something else"


@pytest.mark.parametrize(("service", "event_type"), RECEIVED)
def test_a_read_model_reads_every_value_the_schema_allows(service: str, event_type: str) -> None:
    for value in examples_made(allowed, event_type):
        read = model(service, event_type).model_validate_json(json.dumps(value))

        assert kept(json.loads(read.model_dump_json()), value)
