"""Cooperatives, villages, members, commodities and windows over HTTP."""

from typing import Any

import httpx
import pytest

from services.chassis.access import Caller
from tests.cooperative.people import (
    BASKET,
    BUYER,
    CHILLI,
    COOPERATIVE,
    MANAGER,
    OPERATOR,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    SERANG,
)
from tests.cooperative.steps import reads
from tests.harness.service import ServiceUnderTest

NEW_COMMODITY = {
    "name": "Telur bebek",
    "unit": "butir",
    "per": 1,
    "selling_units": [{"name": "tray", "quantity": 30}],
    "step": 1,
    "reference_price": 3000,
    "dated": False,
}
NEW_WINDOW = {
    "name": "Jumat",
    "commodities": [str(CHILLI), str(BASKET)],
    "delivery_day": "2026-11-27",
    "opens_at": "2026-11-23T05:00:00Z",
    "closes_at": "2026-11-24T05:00:00Z",
    "answer_by": "2026-11-24T11:00:00Z",
    "round_minutes": 120,
    "firm_at": "2026-11-25T12:00:00+07:00",
    "time_zone": "Asia/Jakarta",
}


async def post(
    cooperative: ServiceUnderTest, caller: Caller, path: str, body: dict[str, Any], **headers: str
) -> httpx.Response:
    async with cooperative.client(caller, **headers) as client:
        return await client.post(path, json=body)


async def test_an_operator_founds_a_cooperative_that_anyone_can_look_up(
    cooperative: ServiceUnderTest,
) -> None:
    new = {"name": "Koperasi Sidareja", "district": "33.01.17", "manager_id": str(MANAGER.id)}

    founded = await post(cooperative, OPERATOR, "/cooperatives", new)

    assert founded.status_code == 201
    assert await reads(cooperative, BUYER, f"/cooperatives/{founded.json()['id']}") == founded.json()


async def test_a_manager_founds_no_cooperative(cooperative: ServiceUnderTest) -> None:
    new = {"name": "Koperasi Sidareja", "district": "33.01.17", "manager_id": str(MANAGER.id)}

    assert (await post(cooperative, MANAGER, "/cooperatives", new)).status_code == 403


async def test_a_manager_adds_a_village_and_its_members(cooperative: ServiceUnderTest) -> None:
    village = {"code": "33.01.18.2001", "name": "Pegadingan"}
    member = {"person_id": str(BUYER.id), "village": "33.01.18.2001", "role": "seller", "name": "Pak Slamet"}

    answers = [
        await post(cooperative, MANAGER, "/villages", village),
        await post(cooperative, MANAGER, "/members", member),
    ]

    assert [one.status_code for one in answers] == [201, 201]
    assert "Pegadingan" in {one["name"] for one in (await reads(cooperative, MANAGER, "/villages"))["items"]}
    assert "Pak Slamet" in {one["name"] for one in (await reads(cooperative, MANAGER, "/members"))["items"]}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/villages", {"code": SERANG, "name": "Serang"}, "village-twice"),
        ("/members", {"person_id": str(SARI), "village": SERANG, "role": "seller", "name": "x"}, "member-twice"),
        (
            "/members",
            {"person_id": str(BUYER.id), "village": "33.01.18.2009", "role": "seller", "name": "x"},
            "unknown-village",
        ),
        ("/commodities", NEW_COMMODITY | {"name": "Cabai merah"}, "commodity-twice"),
        ("/commodities", NEW_COMMODITY | {"unit": "g", "per": 1000, "step": 300}, "not-in-whole-steps"),
        ("/windows", NEW_WINDOW | {"commodities": [str(SARI)]}, "unknown-commodity"),
        ("/windows", NEW_WINDOW | {"closes_at": "2026-11-23T04:00:00Z"}, "wrong-times"),
        ("/windows", NEW_WINDOW | {"opens_at": "2026-11-20T04:00:00Z", "closes_at": "2026-11-21T04:00:00Z"},
         "closes-in-the-past"),
        ("/windows", NEW_WINDOW | {"delivery_day": "2026-11-24"}, "firm-after-delivery"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_with_the_reason_and_changes_nothing(
    cooperative: ServiceUnderTest, path: str, body: dict[str, Any], code: str
) -> None:
    before = await reads(cooperative, MANAGER, path)

    refused = await post(cooperative, MANAGER, path, body, **{"Accept-Language": "id"})

    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert refused.headers["content-language"] == "id"
    assert await reads(cooperative, MANAGER, path) == before
    assert await cooperative.emitted() == []


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/villages", {"code": "Serang", "name": "Serang"}, "code"),
        ("/villages", {"code": SERANG, "name": "Serang\u0000"}, "name"),
        ("/members", {"person_id": "1", "village": SERANG, "role": "seller", "name": "x"}, "person_id"),
        ("/members", {"person_id": str(SARI), "village": SERANG, "role": "boss", "name": "x"}, "role"),
        ("/commodities", NEW_COMMODITY | {"per": 0}, "per"),
        ("/commodities", NEW_COMMODITY | {"step": 1.5}, "step"),
        ("/commodities", NEW_COMMODITY | {"reference_price": None}, "reference_price"),
        ("/commodities", NEW_COMMODITY | {"grades": ["A", "A"]}, "grades"),
        (
            "/commodities",
            NEW_COMMODITY | {"selling_units": [{"name": "a", "quantity": 1}] * 2},
            "selling_units",
        ),
        ("/commodities", NEW_COMMODITY | {"dated": "yes"}, "dated"),
        ("/windows", NEW_WINDOW | {"commodities": []}, "commodities"),
        ("/windows", NEW_WINDOW | {"commodities": [str(CHILLI)] * 2}, "commodities"),
        ("/windows", NEW_WINDOW | {"time_zone": "Mars/Olympus"}, "time_zone"),
        ("/windows", NEW_WINDOW | {"delivery_day": "9999-12-31"}, "delivery_day"),
        ("/windows", NEW_WINDOW | {"opens_at": "2026-11-23T05:00:00"}, "opens_at"),
        ("/windows", NEW_WINDOW | {"round_minutes": True}, "round_minutes"),
        ("/windows", NEW_WINDOW | {"cycle": 1}, "cycle"),
    ],
)
async def test_a_wrong_field_is_named(
    cooperative: ServiceUnderTest, path: str, body: dict[str, Any], field: str
) -> None:
    refused = await post(cooperative, MANAGER, path, body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"].startswith(field)


async def test_a_listed_commodity_is_told_with_its_reference_price(cooperative: ServiceUnderTest) -> None:
    listed = await post(cooperative, MANAGER, "/commodities", NEW_COMMODITY)

    (told,) = await cooperative.events()
    assert (told["type"], told["commodity_id"]) == ("cooperative.commodity_listed.v1", listed.json()["id"])
    assert (told["reference_price"], told["selling_units"], told["version"]) == (
        3000,
        [{"name": "tray", "quantity": 30}],
        1,
    )


async def test_an_announced_window_is_told_in_utc(cooperative: ServiceUnderTest) -> None:
    announced = await post(cooperative, MANAGER, "/windows", NEW_WINDOW)

    (told,) = await cooperative.events()
    assert (told["type"], told["window_id"]) == ("cooperative.window_announced.v1", announced.json()["id"])
    assert (told["firm_at"], told["cooperative_id"]) == ("2026-11-25T05:00:00Z", str(COOPERATIVE))


async def test_the_same_wish_sent_twice_is_done_once(cooperative: ServiceUnderTest) -> None:
    key = {"Idempotency-Key": "sekali-saja"}

    answers = [await post(cooperative, MANAGER, "/windows", NEW_WINDOW, **key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert await cooperative.emitted() == ["cooperative.window_announced.v1"]


@pytest.mark.parametrize("path", ["/villages", "/members", "/commodities", "/windows"])
async def test_another_cooperatives_manager_sees_none_of_it(cooperative: ServiceUnderTest, path: str) -> None:
    assert (await reads(cooperative, MANAGER, path))["items"] != []
    assert await reads(cooperative, OTHER_MANAGER, path) == {"items": [], "next": None}


async def test_a_manager_of_no_cooperative_is_told_so(cooperative: ServiceUnderTest) -> None:
    async with cooperative.client(Caller(MANAGER.id, "manager")) as client:
        answer = await client.get("/windows")

    assert (answer.status_code, answer.json()["code"]) == (403, "no-cooperative")


async def test_a_manager_of_an_unknown_cooperative_adds_nothing(cooperative: ServiceUnderTest) -> None:
    answer = await post(cooperative, OTHER_MANAGER, "/villages", {"code": SERANG, "name": "Serang"})

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/villages", "/members", "/commodities", "/windows"])
async def test_a_seller_manages_nothing(cooperative: ServiceUnderTest, path: str) -> None:
    async with cooperative.client(SARI_CALLS) as client:
        assert (await client.get(path)).status_code == 403
