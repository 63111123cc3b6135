"""Strangers at catalog's routes, and what its API document says."""

from collections.abc import Iterator
from typing import Any

from services.chassis.http import routes_without_owner_rule
from tests.harness.access_walk import guarded, walk
from tests.harness.service import ServiceUnderTest


async def test_every_route_turns_strangers_away(catalog: ServiceUnderTest) -> None:
    assert routes_without_owner_rule(catalog.app) == []
    assert len(guarded(catalog.app)) == 8
    assert [seen async for seen in walk(catalog.app, catalog.key) if not seen.turned_away] == []


async def test_every_body_of_the_api_document_has_an_example(catalog: ServiceUnderTest) -> None:
    document = catalog.app.openapi()

    assert {name: bool(schema.get("examples")) for name, schema in bodies(document)} == {
        "NewLot": True,
        "NewPrice": True,
        "Correction": True,
        "Withdrawal": True,
    }


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        for operation in path.values():
            if "requestBody" in operation:
                reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                name = reference.rpartition("/")[2]
                yield name, document["components"]["schemas"][name]
