"""Ids that nobody has, and parameters that mean nothing: refused in one way, changing nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.chassis.ids import new_id
from tests.openapi.documents import OPERATIONS, Json, Operation, resolved
from tests.openapi.hostile import EMOJI
from tests.openapi.stage import Stage
from tests.openapi.wishes import Wish, granted

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITH_IDS = [one for one in OPERATIONS if one.parameters("path")]
WITH_QUERY = [one for one in OPERATIONS if one.parameters("query")]
NO_IDS = ("0", "x" * 500, "%00", "null", EMOJI, "%ED%A0%80", "' OR 1=1 --", "..%2F..%2Fetc", "1e9", "%F0%9F")
NO_NUMBERS = ("0", "-1", "101", "1.5", "", "lima", "NaN", "9" * 400, "\0", EMOJI, "1 OR 1=1")
NO_WORDS = ("", "x" * 100, "\0", EMOJI, "'; DROP TABLE lots; --")


async def ask(operation: Operation, stage: Stage, wish: Wish, url: str = "", **query: str) -> Any:
    more = {} if wish.body is None else {"json": wish.body}
    return await stage.hamlet.send(
        wish.caller, operation.method, url or operation.url(wish.ids), params=wish.query | query,
        headers={"Accept-Language": "id", **wish.headers}, **more,
    )  # fmt: skip


@pytest.mark.parametrize("operation", WITH_IDS, ids=str)
async def test_an_id_that_is_none_is_named_and_one_that_nobody_has_is_not_found(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()
    (name,) = wish.ids

    wrong = [await ask(operation, stage, wish, operation.url({name: each})) for each in NO_IDS]
    unknown = await ask(operation, stage, wish, operation.url({name: new_id()}))

    assert [str(answer.url) for answer in wrong if answer.status_code not in {404, 422}] == []
    assert {one["field"] for answer in wrong for one in answer.json()["errors"]} == {name}
    assert {answer.headers["content-language"] for answer in (*wrong, unknown)} == {"id"}
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "application/problem+json")
    assert await stage.hamlet.digest() == before


def spoilt_queries(operation: Operation) -> Iterator[tuple[str, str]]:
    for name, schema in operation.parameters("query").items():
        meant: Json = resolved(operation.service, schema)
        yield from ((name, each) for each in (NO_NUMBERS if meant.get("type") == "integer" else NO_WORDS))


@pytest.mark.parametrize("operation", WITH_QUERY, ids=str)
async def test_a_parameter_that_means_nothing_is_named_with_advice(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()

    flaws = []
    for name, value in spoilt_queries(operation):
        answer = await ask(operation, stage, wish, **{name: value})
        if answer.status_code != 422 or [one["field"] for one in answer.json()["errors"]] != [name]:
            flaws.append(f"{name}={value[:30]!r} -> {answer.status_code} {answer.text[:200]}")

    assert flaws == []
    assert await stage.hamlet.digest() == before
