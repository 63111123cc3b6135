"""Schemas, examples, asyncapi.yaml and the overview say the same, or the gate names what is missing."""

from infra.contracts.contract import HERE, Contract
from infra.contracts.gate import complaints
from tests.contracts.breaking import PLACED, edit, line


def test_the_contract_of_this_checkout_holds() -> None:
    assert complaints(HERE) == []


def test_an_example_that_does_not_fit_is_named_with_its_place(contract: Contract) -> None:
    edit(
        contract.examples / PLACED / "city-kitchen.json",
        lambda example: example["lines"][0].update(quantity=0),
    )

    assert complaints(contract) == [
        f"schemas/examples/{PLACED}/city-kitchen.json: $.lines[0].quantity: 0 is less than the minimum of 1"
    ]


def test_an_event_without_an_example_and_one_without_a_schema_are_named(contract: Contract) -> None:
    (contract.examples / PLACED).rename(contract.examples / "orders.vanished.v1")

    told = complaints(contract)

    assert f"{PLACED} has no example: write schemas/examples/{PLACED}/<story>.json." in told
    assert any(
        complaint.startswith("schemas/examples/orders.vanished.v1 has no schema") for complaint in told
    )


def test_an_open_object_in_a_new_schema_is_refused(contract: Contract) -> None:
    edit(contract.schemas / f"{PLACED}.json", lambda schema: line(schema).pop("additionalProperties"))

    expected = f'schemas/events/{PLACED}.json: set "additionalProperties": false in {PLACED}.lines[].'
    assert expected in complaints(contract)


def test_what_asyncapi_does_not_name_is_refused_and_so_is_a_stale_overview(contract: Contract) -> None:
    asyncapi = contract.root / "schemas" / "asyncapi.yaml"
    told = asyncapi.read_text(encoding="utf-8").replace(
        "\n    orders.placed.v1:\n", "\n    orders.gone.v1:\n"
    )
    asyncapi.write_text(told.replace("x-key: lot_id", "x-key: lot"), encoding="utf-8")

    found = "\n".join(complaints(contract))

    assert f"{PLACED} stands in only one of schemas/events and schemas/asyncapi.yaml" in found
    assert "the payload of orders.gone.v1 must be" in found
    assert "docs/events.md is behind schemas/asyncapi.yaml" in found
