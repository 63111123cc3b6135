"""The gate sees what breaks those who rely on a released schema, and lets pass what breaks nobody."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.contracts.contract import Contract, Json
from infra.contracts.events_md import events_md
from infra.contracts.gate import complaints
from infra.contracts.release import release, unreleased
from tests.contracts.breaking import PLACED, edit, line, rename_the_code

CHANGED = "orders.placed.v1: "


def put(*path: str, value: Any) -> Callable[[Json], object]:
    def change(schema: Json) -> None:
        holder = schema
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


def add_second_version(contract: Contract) -> None:
    second = "orders.placed.v2"
    for folder in (contract.schemas, contract.examples / PLACED):
        assert folder.is_dir()
    schema = json.loads((contract.schemas / f"{PLACED}.json").read_text(encoding="utf-8"))
    schema["$id"] = f"urn:lumbung:event:{second}"
    (contract.schemas / f"{second}.json").write_text(json.dumps(schema), encoding="utf-8")
    shutil.copytree(contract.examples / PLACED, contract.examples / second)
    asyncapi = contract.root / "schemas" / "asyncapi.yaml"
    told = asyncapi.read_text(encoding="utf-8").replace(
        "components:\n  messages:\n", f"{MESSAGES.format(second)}"
    )
    asyncapi.write_text(told, encoding="utf-8")
    contract.overview.write_text(events_md(contract), encoding="utf-8")


MESSAGES = "components:\n  messages:\n    {0}:\n      payload: {{$ref: 'events/{0}.json'}}\n"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (rename_the_code, "field `code` is gone or has another name"),
        (lambda schema: line(schema)["properties"].pop("cap"), "field `lines[].cap` is gone"),
        (lambda schema: line(schema)["required"].remove("cap"), "field `lines[].cap` is no longer required"),
        (put("properties", "code", "type", value=["string", "null"]), "field `code` had type 'string'"),
        (put("properties", "lines", "maxItems", value=10), "field `lines` had maxItems 100 and now has 10"),
        (
            put("properties", "lines", "maxItems", value=1000),
            "field `lines` had maxItems 100 and now has 1000",
        ),
        (lambda schema: line(schema)["properties"]["per"].pop("maximum"), "field `lines[].per` had maximum"),
        (
            lambda schema: line(schema)["properties"]["unit"]["enum"].append("kg"),
            "field `lines[].unit` had enum",
        ),
        (lambda schema: schema["properties"]["lines"].pop("items"), "field `lines` no longer says the same"),
        (put("additionalProperties", value=True), "the event had additionalProperties False"),
    ],
)
def test_a_change_of_what_was_released_needs_a_version_beside_it(
    contract: Contract, change: Callable[[Json], object], complaint: str
) -> None:
    edit(contract.schemas / f"{PLACED}.json", change)

    found = [told for told in complaints(contract) if told.startswith(CHANGED + complaint)]

    assert len(found) == 1
    assert "write the change as schemas/events/orders.placed.v2.json" in found[0]


def test_a_new_required_field_needs_a_version_beside_it(contract: Contract) -> None:
    def require_a_note(schema: Json) -> None:
        schema["properties"]["note"] = {"type": "string"}
        schema["required"].append("note")

    edit(contract.schemas / f"{PLACED}.json", require_a_note)

    assert any(told.startswith(f"{CHANGED}field `note` is now required") for told in complaints(contract))


@pytest.mark.parametrize("inside", [lambda schema: schema, line])
def test_a_new_optional_field_passes_and_may_be_released(
    contract: Contract, inside: Callable[[Json], Json]
) -> None:
    note = {"type": ["string", "null"], "maxLength": 80}
    edit(contract.schemas / f"{PLACED}.json", lambda schema: inside(schema)["properties"].update(note=note))

    assert complaints(contract) == []
    assert unreleased(contract) == [PLACED]
    assert release(contract) == []
    assert unreleased(contract) == []


def test_better_words_pass(contract: Contract) -> None:
    edit(contract.schemas / f"{PLACED}.json", put("properties", "code", "description", value="Said aloud."))

    assert complaints(contract) == []


def test_a_second_version_beside_the_first_passes_once_it_is_released(contract: Contract) -> None:
    add_second_version(contract)

    assert complaints(contract) == [
        "orders.placed.v2 is not released yet: run `make release-schema` and commit what it writes."
    ]
    assert release(contract) == []
    assert complaints(contract) == []


def test_a_second_version_instead_of_the_first_is_refused(contract: Contract) -> None:
    add_second_version(contract)
    (contract.schemas / f"{PLACED}.json").unlink()

    told = complaints(contract)

    assert any("orders.placed.v1 is released, but" in complaint for complaint in told)
    assert any("orders.placed.v2.json: the version before it is missing" in complaint for complaint in told)


def test_a_release_replaces_nothing_by_what_breaks_it(contract: Contract) -> None:
    before = (contract.released / f"{PLACED}.json").read_bytes()
    edit(contract.schemas / f"{PLACED}.json", rename_the_code)

    assert any(told.startswith(f"{CHANGED}field `code` is gone") for told in release(contract))
    assert (contract.released / f"{PLACED}.json").read_bytes() == before


@pytest.mark.parametrize("break_it", [Path.unlink, lambda path: edit(path, rename_the_code)])
def test_a_released_copy_that_another_hand_changed_is_refused(
    contract: Contract, break_it: Callable[[Path], object]
) -> None:
    break_it(contract.released / f"{PLACED}.json")

    for told in (complaints(contract), release(contract)):
        assert any("released/orders.placed.v1.json was changed by hand" in complaint for complaint in told)
