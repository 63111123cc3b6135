"""The API document says all that a route can answer, and what it needs."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.chassis.openapi import problems
from tests.harness.service import ServiceUnderTest, person

ALWAYS = {"422", "429", "503"}
GUARDED = ALWAYS | {"401", "403"}
UNSAFE = GUARDED | {"400", "404", "409", "413"}


@pytest.fixture
async def document(things: ServiceUnderTest) -> dict[str, Any]:
    async with things.client() as anyone:
        told: dict[str, Any] = (await anyone.get("/openapi.json")).json()
    return told


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("get", "/clock", ALWAYS | {"200", "404"}),
        ("get", "/things", GUARDED | {"200"}),
        ("get", "/things/{thing_id}", GUARDED | {"200", "404"}),
        ("post", "/things", UNSAFE | {"201", "415"}),
        ("post", "/things/{thing_id}/taking", UNSAFE | {"200"}),
    ],
)
def test_an_operation_names_every_answer_it_can_give(
    method: str, path: str, statuses: set[str], document: dict[str, Any]
) -> None:
    responses = document["paths"][path][method]["responses"]

    assert set(responses) == statuses
    for status in statuses - {"200", "201"}:
        assert list(responses[status]["content"]) == ["application/problem+json"]


def test_unsafe_operations_need_a_key_and_may_answer_again(document: dict[str, Any]) -> None:
    making, looking = document["paths"]["/things"]["post"], document["paths"]["/things"]["get"]

    [key] = [parameter for parameter in making["parameters"] if parameter["in"] == "header"]
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)
    assert "Idempotency-Replayed" in making["responses"]["201"]["headers"]
    assert [parameter["name"] for parameter in looking["parameters"]] == ["limit", "cursor"]


def test_an_operation_says_whether_a_token_is_needed(document: dict[str, Any]) -> None:
    assert document["paths"]["/clock"]["get"]["security"] == []
    assert document["paths"]["/things"]["get"]["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_the_document_shows_problems_and_not_the_frameworks_own_errors(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert {"Problem", "FieldProblem"} <= set(schemas)
    assert not {"HTTPValidationError", "ValidationError"} & set(schemas)
    assert [name for name, schema in schemas.items() if not _is_schema(schema)] == []


def _is_schema(schema: dict[str, Any]) -> bool:
    Draft202012Validator.check_schema(schema)
    return True


def test_a_route_may_name_further_problems() -> None:
    assert set(problems(409, 404)) == {409, 404}


async def test_the_document_is_the_same_for_a_client_and_the_docs_page(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        page = await maker.get("/docs")

    assert (page.status_code, "openapi.json" in page.text) == (200, True)
