"""Listing a lot over HTTP: by a seller, or by an assistant for her; and why it is refused."""

from typing import Any

import pytest

from services.chassis.access import Caller
from services.chassis.codes import valid_code
from services.chassis.ids import new_id
from tests.catalog.people import (
    ASSISTANT,
    ASSISTANT_FOR_SARI,
    CISURU,
    COOPERATIVE,
    KG,
    NOON,
    OTHER_COOPERATIVE,
    SARI,
    SARI_CALLS,
    SERANG,
)
from tests.catalog.requests import BASKETS, CHILLI_LOT
from tests.harness.service import ServiceUnderTest


@pytest.fixture(autouse=True)
def at_noon(catalog: ServiceUnderTest) -> None:
    catalog.moves_to(NOON)


async def test_a_seller_lists_a_lot_and_everyone_hears_of_it(catalog: ServiceUnderTest) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post("/lots", json=CHILLI_LOT)

    lot = answer.json()
    (listed,) = await catalog.events()
    assert answer.status_code == 201
    assert valid_code(lot["code"])
    assert (lot["seller_id"], lot["available"], lot["version"]) == (str(SARI), 50 * KG, 1)
    assert (listed["type"], listed["lot_id"], listed["actor"]) == (
        "catalog.lot_listed.v1",
        lot["id"],
        f"seller:{SARI}",
    )
    assert (listed["grade"], listed["per"], listed["certificates"]) == ("A", KG, ["organik"])


async def test_a_lot_can_be_listed_by_the_sack(catalog: ServiceUnderTest) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post(
            "/lots", json=CHILLI_LOT | {"quantity": {"selling_unit": "karung", "count": 3}}
        )

    assert answer.json()["listed"] == 150 * KG


async def test_baskets_are_listed_without_grade_and_dates(catalog: ServiceUnderTest) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post("/lots", json=BASKETS)

    assert (answer.status_code, answer.json()["grade"], answer.json()["unit"]) == (201, None, "buah")


async def test_the_same_wish_sent_twice_lists_one_lot(catalog: ServiceUnderTest) -> None:
    key = {"Idempotency-Key": "bu-sari-1"}
    async with catalog.client(SARI_CALLS) as sari:
        first = await sari.post("/lots", json=CHILLI_LOT, headers=key)
        again = await sari.post("/lots", json=CHILLI_LOT, headers=key)
        other = await sari.post("/lots", json=BASKETS, headers=key)

    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-used")
    assert await catalog.emitted() == ["catalog.lot_listed.v1"]


async def test_an_assistant_lists_for_a_seller_without_a_phone_and_the_timeline_says_so(
    catalog: ServiceUnderTest,
) -> None:
    async with catalog.client(ASSISTANT_FOR_SARI) as assistant:
        lot = (await assistant.post("/lots", json=CHILLI_LOT)).json()
        told = await assistant.get(f"/lots/{lot['id']}/timeline")

    (listed,) = await catalog.events()
    (entry,) = told.json()
    assert (lot["seller_id"], listed["seller_id"]) == (str(SARI), str(SARI))
    assert (listed["actor"], listed["on_behalf_of"]) == (f"assistant:{ASSISTANT}", str(SARI))
    assert (entry["actor"], entry["on_behalf_of"]) == (f"assistant:{ASSISTANT}", str(SARI))
    assert entry["sentences"] == {
        "id": f"Lot {lot['code']} dicatat: 50 kg Cabai merah, Rp35.000/kg.",
        "en": f"Lot {lot['code']} was listed: 50 kg of Cabai merah at Rp35,000/kg.",
    }


async def test_an_assistant_who_names_nobody_is_told_to(catalog: ServiceUnderTest) -> None:
    async with catalog.client(Caller(ASSISTANT, "assistant", (SERANG,), COOPERATIVE)) as assistant:
        answer = await assistant.post("/lots", json=CHILLI_LOT, headers={"Accept-Language": "id"})

    assert (answer.status_code, answer.json()["code"]) == (403, "nobody-named")
    assert "atas nama orang itu" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("caller", "code"),
    [
        (Caller(SARI, "seller", (CISURU,), COOPERATIVE), "not-your-village"),
        (Caller(SARI, "seller", (SERANG,)), "no-cooperative"),
        (Caller(SARI, "buyer", (SERANG,), COOPERATIVE), "not-your-role"),
    ],
)
async def test_a_lot_is_listed_only_where_the_caller_belongs(
    catalog: ServiceUnderTest, caller: Caller, code: str
) -> None:
    async with catalog.client(caller) as client:
        answer = await client.post("/lots", json=CHILLI_LOT)

    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert await catalog.emitted() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"commodity_id": str(new_id())}, "unknown-commodity"),
        ({"grade": None}, "grade-needed"),
        ({"grade": "Z"}, "grade-needed"),
        ({"ready_on": None}, "dates-needed"),
        ({"ready_on": "2026-11-30"}, "dates-reversed"),
        ({"ready_on": "2026-11-01", "expires_on": "2026-11-20"}, "already-expired"),
        ({"quantity": {"selling_unit": "ikat", "count": 1}}, "unknown-selling-unit"),
        ({"quantity": {"selling_unit": "karung", "count": 10**12}}, "too-much"),
    ],
)
async def test_a_lot_that_its_commodity_does_not_allow_is_refused_with_the_reason(
    catalog: ServiceUnderTest, change: dict[str, Any], code: str
) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post("/lots", json=CHILLI_LOT | change)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await catalog.emitted() == []


async def test_a_commodity_of_another_cooperative_cannot_be_listed(catalog: ServiceUnderTest) -> None:
    async with catalog.client(Caller(SARI, "seller", (SERANG,), OTHER_COOPERATIVE)) as sari:
        answer = await sari.post("/lots", json=CHILLI_LOT)

    assert (answer.status_code, answer.json()["code"]) == (409, "unknown-commodity")
