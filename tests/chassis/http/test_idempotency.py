"""A wish is granted once, however often it is sent under its key."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.chassis.tables import idempotency
from tests.chassis.http.things import things as thing_table
from tests.harness.service import ServiceUnderTest, person

BASKET = {"name": "basket"}


async def count(things: ServiceUnderTest, table: Any) -> int:
    async with things.tx() as tx:
        return int(await tx.scalar(select(func.count()).select_from(table)))


def under(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


async def test_the_same_request_again_gets_the_same_answer_and_changes_nothing(
    things: ServiceUnderTest,
) -> None:
    async with things.client(person("maker")) as maker:
        first = await maker.post("/things", json=BASKET, headers=under("k1"))
        again = await maker.post("/things", json=BASKET, headers=under("k1"))

    assert (again.status_code, again.content) == (201, first.content)
    assert dict(again.headers) == dict(first.headers) | {"idempotency-replayed": "true"}
    assert await count(things, thing_table) == 1
    assert await things.emitted() == ["things.made.v1"]


async def test_another_request_under_a_used_key_is_refused(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        thing = (await maker.post("/things", json=BASKET, headers=under("k1"))).json()
        other_body = await maker.post("/things", json={"name": "hat"}, headers=under("k1"))
        other_path = await maker.post(f"/things/{thing['id']}/taking", headers=under("k1"))

    assert [other_body.status_code, other_path.status_code] == [422, 422]
    assert other_body.json()["code"] == "idempotency-key-used"
    assert await count(things, thing_table) == 1


async def test_a_key_is_its_callers_own(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as sari, things.client(person("maker")) as dewi:
        hers = await sari.post("/things", json=BASKET, headers=under("k1"))
        other = await dewi.post("/things", json={"name": "hat"}, headers=under("k1"))

    assert (hers.status_code, other.status_code) == (201, 201)
    assert hers.json()["id"] != other.json()["id"]


async def test_the_same_words_for_another_person_are_another_wish(things: ServiceUnderTest) -> None:
    assistant = new_id()
    for_sari, for_dewi = (Caller(assistant, "maker", on_behalf_of=new_id()) for _ in range(2))

    async with things.client(for_sari) as first, things.client(for_dewi) as second:
        assert (await first.post("/things", json=BASKET, headers=under("k1"))).status_code == 201
        assert (await second.post("/things", json=BASKET, headers=under("k1"))).status_code == 422


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "k" * 201])
async def test_a_key_is_1_to_200_visible_characters(key: str, things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as maker:
        answer = await maker.post("/things", json=BASKET, headers={b"Idempotency-Key": key.encode()})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


async def test_an_unsafe_request_without_a_key_is_refused(things: ServiceUnderTest) -> None:
    token = {"Authorization": f"Bearer {things.token(person('maker'))}"}
    transport = httpx.ASGITransport(things.app)

    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=token) as maker:
        answer = await maker.post("/things", json=BASKET)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-needed")


async def test_only_granted_wishes_are_kept_so_a_refused_one_may_be_sent_again(
    things: ServiceUnderTest,
) -> None:
    async with things.client(person("maker")) as maker:
        refused = await maker.post("/things", json={"name": ""}, headers=under("k1"))
        granted = await maker.post("/things", json=BASKET, headers=under("k1"))

    assert (refused.status_code, granted.status_code) == (422, 201)
    assert await count(things, idempotency) == 1


async def test_of_two_at_once_under_one_key_one_is_done_and_both_get_its_answer(
    things: ServiceUnderTest,
) -> None:
    things.app.state.pauses.meet("made", 2)

    async with things.client(person("maker")) as maker:
        sent = [maker.post("/things", json=BASKET, headers=under("k1")) for _ in range(2)]
        answers = await asyncio.gather(*sent)

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert sorted(answer.headers.get("idempotency-replayed", "") for answer in answers) == ["", "true"]
    assert await count(things, thing_table) == 1
    assert await things.emitted() == ["things.made.v1"]


async def test_a_request_refused_because_its_own_twin_was_granted_gets_the_twins_answer(
    things: ServiceUnderTest,
) -> None:
    async with things.client(person("maker")) as maker:
        thing = (await maker.post("/things", json=BASKET)).json()
        things.app.state.pauses.meet("taking", 2)
        sent = [maker.post(f"/things/{thing['id']}/taking", headers=under("k1")) for _ in range(2)]
        twins = await asyncio.gather(*sent)
        later = await maker.post(f"/things/{thing['id']}/taking", headers=under("k2"))

    assert [answer.status_code for answer in (*twins, later)] == [200, 200, 409]
    assert twins[0].content == twins[1].content
