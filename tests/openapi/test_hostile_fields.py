"""Whatever stands in a field that nobody means: a problem that names the field, and nothing is changed."""

import json
from typing import Any

import httpx
import pytest

from services.chassis.validation_texts import OTHER
from tests.openapi.documents import OPERATIONS, Operation
from tests.openapi.hostile import BODIES, Spoilt, spoilt_bodies
from tests.openapi.stage import Stage
from tests.openapi.wishes import Wish, granted

pytestmark = pytest.mark.asyncio(loop_scope="session")

WITH_BODY = [one for one in OPERATIONS if one.body is not None]
UNSAFE = [one for one in OPERATIONS if one.method != "GET"]
IN_INDONESIAN = {"Accept-Language": "id"}


async def send(
    stage: Stage, operation: Operation, wish: Wish, content: bytes | None, **headers: str
) -> httpx.Response:
    told = {"Content-Type": "application/json", **wish.headers, **headers}
    url = operation.url(wish.ids)
    return await stage.hamlet.send(
        wish.caller, operation.method, url, params=wish.query, content=content, headers=told
    )


def flaw(answer: httpx.Response, spoilt: Spoilt) -> str | None:
    """What is missing in the answer to this: nothing, if it is a problem in Indonesian with field and advice."""
    if not is_problem(answer, 422):
        return f"{spoilt} -> {answer.status_code} {answer.text[:200]}"
    told = answer.json()["errors"]
    names = [one["field"] for one in told]
    if answer.headers["content-language"] != "id" or not any(name.startswith(spoilt.field) for name in names):
        return f"{spoilt} -> {answer.headers['content-language']}, {names}"
    vague = [one for one in told if one["message"] in OTHER]
    return f"{spoilt} -> says only {vague}" if vague else None


def is_problem(answer: httpx.Response, *statuses: int) -> bool:
    return answer.status_code in statuses and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_a_field_with_what_nobody_means_is_named_with_advice_in_indonesian_and_nothing_changes(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()

    flaws = [
        flaw(await send(stage, operation, wish, json.dumps(one.body).encode(), **IN_INDONESIAN), one)
        for one in spoilt_bodies(operation, wish.body)
    ]

    assert list(filter(None, flaws)) == []
    assert len(flaws) > 10
    assert await stage.hamlet.digest() == before


async def test_a_quantity_in_sacks_is_named_with_all_that_can_be_wrong_in_it(stage: Stage) -> None:
    operation = next(one for one in WITH_BODY if str(one) == "catalog POST /lots")
    wish = await granted(operation, stage)
    packed = wish.body | {"quantity": {"selling_unit": "karung", "count": 1}}
    before = await stage.hamlet.digest()

    flaws = [
        flaw(await send(stage, operation, wish, json.dumps(one.body).encode(), **IN_INDONESIAN), one)
        for one in spoilt_bodies(operation, packed)
        if one.field.startswith("quantity.")
    ]

    assert list(filter(None, flaws)) == []
    assert len(flaws) > 10
    assert await stage.hamlet.digest() == before


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_advice_is_english_unless_asked_otherwise(operation: Operation, stage: Stage) -> None:
    wish = await granted(operation, stage)
    both: dict[str, str] = {}
    for one in spoilt_bodies(operation, wish.body):
        if one.field not in both:
            content = json.dumps(one.body).encode()
            said = [await send(stage, operation, wish, content, **more) for more in ({}, IN_INDONESIAN)]
            both[one.field] = " = ".join(answer.json()["errors"][0]["message"] for answer in said)

    assert [same for same in both.values() if len(set(same.split(" = "))) != 2] == []


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_what_is_no_body_at_all_is_refused_and_changes_nothing(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()

    answers = {name: await send(stage, operation, wish, content) for name, content in BODIES.items()}
    answers["a form"] = await send(stage, operation, wish, b"a=1", **{"Content-Type": "multipart/form-data"})

    assert [name for name, answer in answers.items() if not is_problem(answer, 400, 413, 415, 422)] == []
    assert {answers[f"1 MB of {what}"].status_code for what in ("blanks", "text")} == {413}
    assert await stage.hamlet.digest() == before


@pytest.mark.parametrize("operation", UNSAFE, ids=str)
async def test_a_wish_without_a_usable_key_is_refused_and_names_it(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()

    keys = ("", " ", "a b", "x" * 201, "kunci-🌶️", "\x7f")
    answers = [
        await send(stage, operation, wish, _json(wish.body), **{"Idempotency-Key": key}) for key in keys
    ]

    assert [answer.text for answer in answers if not is_problem(answer, 400)] == []
    assert {answer.json()["errors"][0]["field"] for answer in answers} == {"Idempotency-Key"}
    assert await stage.hamlet.digest() == before


def _json(body: Any) -> bytes | None:
    return None if body is None else json.dumps(body).encode()
