"""What no honest client sends is refused with a problem that says so; nothing is changed."""

from typing import Any

import pytest

from tests.chassis.http.problem import problem
from tests.harness.service import ServiceUnderTest, person

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"name":' * 6_000 + b"1" + b"}" * 6_000,
        b'{"name": ' + b"9" * 5_000 + b"}",
        b'{"name": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"name": "a\\u0000b"}',
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b"null",
        b'"text"',
        b"[]",
        b'{"name": {"$gt": ""}}',
    ],
    ids=lambda body: body[:12],
)
async def test_a_hostile_body_is_refused_and_not_repeated(body: bytes, things: ServiceUnderTest) -> None:
    async with things.client(person("maker"), **JSON) as maker:
        answer = await maker.post("/things", content=body)
        kept = await maker.get("/things")

    problem(answer, answer.status_code)
    assert answer.status_code in {400, 422}
    assert len(answer.content) < 1_000
    assert kept.json()["items"] == []


async def test_a_body_over_the_limit_is_refused_by_its_length_or_when_it_has_come(
    things: ServiceUnderTest,
) -> None:
    async def in_pieces() -> Any:
        for _ in range(20):
            yield b" " * 10_000

    async with things.client(person("maker"), **JSON) as maker:
        announced = await maker.post("/things", content=b" " * 64_001)
        streamed = await maker.post("/things", content=in_pieces())

    assert problem(announced, 413)["code"] == problem(streamed, 413)["code"] == "body-too-large"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_only_json_is_read(kind: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        answer = await maker.post("/things", content=b'{"name": "x"}', headers={"Content-Type": kind})

    problem(answer, 415)


async def test_an_unknown_query_parameter_is_refused(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        told = problem(await maker.get("/things?limit=5&colour=red"), 422)

    assert [error["field"] for error in told["errors"]] == ["colour"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/things/", "//things", "/things/../../etc/passwd", "/thing%00s"]
)
async def test_an_unknown_address_is_404(path: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        assert problem(await maker.get(path), 404)["code"] == "no-such-path"


@pytest.mark.parametrize("thing_id", ["1", "None", "%00", "%ff", "' OR 1=1", "0" * 5_000])
async def test_what_is_no_id_is_told_so(thing_id: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        told = problem(await maker.get(f"/things/{thing_id}"), 422)

    assert [error["field"] for error in told["errors"]] == ["thing_id"]


@pytest.mark.parametrize("host", ["[", "a b", "é", ""])
async def test_an_odd_host_harms_nobody(host: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        odd = {b"Host": host.encode()}
        answers = [
            await maker.post("/things", json={"name": "basket"}, headers=odd),
            await maker.put("/things", headers=odd),
        ]

    assert [answer.status_code for answer in answers] == [201, 405]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
async def test_a_wrong_method_is_told_all_that_the_address_takes(
    method: str, things: ServiceUnderTest
) -> None:
    async with things.client(person("maker")) as maker:
        answer = await maker.request(method, "/things")

    assert problem(answer, 405)["code"] == "wrong-method"
    assert answer.headers["allow"] == "GET, POST"
