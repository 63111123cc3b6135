"""One request, one transaction: all of it or nothing, committed before the answer leaves."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psycopg
import pytest
import uvicorn
from sqlalchemy import select

from services.chassis.ids import new_id
from tests.chassis.http.things import things as thing_table
from tests.harness.service import ServiceUnderTest, person
from tests.harness.until import until


async def names(things: ServiceUnderTest) -> list[str]:
    async with things.tx() as tx:
        return sorted(await tx.scalars(select(thing_table.c.name)))


@pytest.mark.parametrize(
    ("how", "status"), [("refused", 409), ("bug", 500), ("at-commit", 500), ("false-answer", 500)]
)
async def test_whatever_goes_wrong_nothing_is_changed_and_nothing_is_said(
    how: str, status: int, things: ServiceUnderTest
) -> None:
    async with things.client(person("maker")) as maker:
        thing = (await maker.post("/things", json={"name": "basket"})).json()
        answer = await maker.post(f"/things/{thing['id']}/spoiling", json={"how": how})

    assert answer.status_code == status
    assert await names(things) == ["basket"]
    assert await things.emitted() == ["things.made.v1"]


async def test_two_that_wait_for_each_other_are_both_done(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        one, two = [(await maker.post("/things", json={"name": name})).json()["id"] for name in ("a", "b")]
        things.app.state.pauses.meet("first", 2)
        answers = await asyncio.gather(maker.post(f"/swaps/{one}/{two}"), maker.post(f"/swaps/{two}/{one}"))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert things.app.state.pauses.seen.count("first") == 3


async def test_one_who_writes_second_reads_what_was_written_first_and_then_fails_for_good(
    things: ServiceUnderTest,
) -> None:
    async with things.client(person("maker")) as maker:
        await maker.post("/things", json={"name": "basket", "colour": "red"})
        again = await maker.post("/things", json={"name": "hat", "colour": "red"})

    assert again.status_code == 500
    assert await names(things) == ["basket"]


async def test_a_request_sees_one_moment_however_often_it_asks(things: ServiceUnderTest) -> None:
    async with things.client() as anyone:
        answer = await anyone.get("/clock")

    assert answer.json()["at"].endswith("+00:00")


async def test_pages_follow_one_another_without_gap_or_repeat_while_things_are_added(
    things: ServiceUnderTest,
) -> None:
    async with things.client(person("maker")) as maker:
        for number in range(5):
            await maker.post("/things", json={"name": f"thing {number}"})
        first = (await maker.get("/things?limit=2")).json()
        await maker.post("/things", json={"name": "late"})
        second = (await maker.get(f"/things?limit=2&cursor={first['next']}")).json()
        last = (await maker.get(f"/things?limit=2&cursor={second['next']}")).json()

    shown = [[item["name"] for item in page["items"]] for page in (first, second, last)]
    assert shown == [["thing 4", "thing 3"], ["thing 2", "thing 1"], ["thing 0"]]
    assert last["next"] is None


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=" + "é" * 22, "cursor=", "limit=0", "limit=101", "limit=1.5"]
)
async def test_a_page_that_cannot_be_is_refused(query: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        answer = await maker.get(f"/things?{query}")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [query.partition("=")[0]]


@pytest.fixture
async def served(things: ServiceUnderTest, tmp_path: Path) -> AsyncIterator[str]:
    """The same application behind a real socket."""
    server = uvicorn.Server(uvicorn.Config(things.app, port=0, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


async def test_what_was_answered_is_there_for_others_at_that_moment(
    things: ServiceUnderTest, served: str, things_url: str
) -> None:
    token = things.token(person("maker"))
    missing: list[int] = []

    def make_and_look() -> None:
        with psycopg.connect(things_url, autocommit=True) as other, httpx.Client(base_url=served) as client:
            for number in range(20):
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}
                answer = client.post("/things", json={"name": f"{number}"}, headers=headers)
                row = other.execute("SELECT 1 FROM things WHERE id = %s", [answer.json()["id"]]).fetchone()
                missing.extend([] if row else [number])

    await asyncio.to_thread(make_and_look)

    assert missing == []
