"""Lots over HTTP: what a seller, or an assistant for her, may do with them, and what she is told."""

from typing import Any
from uuid import UUID

import pytest

from services.chassis.access import Caller
from services.chassis.codes import valid_code
from services.chassis.ids import new_id
from tests.catalog.people import (
    ASSISTANT,
    ASSISTANT_FOR_SARI,
    BASKET,
    CHILLI,
    CISURU,
    COOPERATIVE,
    KG,
    LOT,
    NOON,
    OTHER_COOPERATIVE,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    TUTI_CALLS,
    hold_wanted,
    stock_of,
    stored_lot,
)
from tests.harness.service import ServiceUnderTest

CHILLI_LOT: dict[str, Any] = {
    "commodity_id": str(CHILLI),
    "village": SERANG,
    "quantity": 50 * KG,
    "price": 35_000,
    "grade": "A",
    "ready_on": "2026-11-25",
    "expires_on": "2026-11-29",
    "certificates": ["organik"],
}
BASKETS: dict[str, Any] = {
    "commodity_id": str(BASKET),
    "village": SERANG,
    "quantity": 12,
    "price": 85_000,
}
REASON = {"reason": "Sudah laku di pasar"}


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
    assert entry["sentence"] == {
        "id": f"Lot {lot['code']} dicatat: 50 kg Cabai merah, Rp35.000/kg.",
        "en": f"Lot {lot['code']} was listed: 50 kg of Cabai merah at Rp35,000/kg.",
    }


async def test_an_assistant_who_names_nobody_is_told_to(catalog: ServiceUnderTest) -> None:
    async with catalog.client(Caller(ASSISTANT, "assistant", (SERANG,), COOPERATIVE)) as assistant:
        answer = await assistant.post("/lots", json=CHILLI_LOT, headers={"Accept-Language": "id"})

    assert (answer.status_code, answer.json()["code"]) == (403, "nobody-named")
    assert "atas nama penjual" in answer.json()["detail"]


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


async def test_a_seller_reprices_corrects_and_withdraws_her_lot(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)
    async with catalog.client(SARI_CALLS) as sari:
        repriced = await sari.post(f"/lots/{LOT}/price", json={"price": 36_500})
        corrected = await sari.post(
            f"/lots/{LOT}/corrections", json={"change": -5 * KG, "reason": "Dimakan burung"}
        )
        withdrawn = await sari.post(f"/lots/{LOT}/withdrawal", json=REASON)

    assert (repriced.json()["price"], corrected.json()["available"]) == (36_500, 45 * KG)
    assert (withdrawn.json()["available"], withdrawn.json()["withdrawn"]) == (0, True)
    events = await catalog.events()
    assert [(event["type"], event["version"]) for event in events] == [
        ("catalog.lot_repriced.v1", 2),
        ("catalog.lot_corrected.v1", 3),
        ("catalog.lot_withdrawn.v1", 4),
    ]


async def test_an_assistant_corrects_the_lot_of_the_seller_acted_for(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog)

    async with catalog.client(ASSISTANT_FOR_SARI) as assistant:
        answer = await assistant.post(f"/lots/{LOT}/corrections", json={"change": KG, **REASON})

    (corrected,) = await catalog.events()
    assert answer.status_code == 200
    assert (corrected["actor"], corrected["on_behalf_of"]) == (f"assistant:{ASSISTANT}", str(SARI))


STEPS = [
    ("price", {"price": 36_500}),
    ("corrections", {"change": -KG, **REASON}),
    ("withdrawal", REASON),
]


@pytest.mark.parametrize(("step", "body"), STEPS)
@pytest.mark.parametrize(
    "caller",
    [
        TUTI_CALLS,
        Caller(ASSISTANT, "assistant", (SERANG,), COOPERATIVE, on_behalf_of=TUTI),
        Caller(ASSISTANT, "assistant", (CISURU,), COOPERATIVE, on_behalf_of=SARI),
    ],
    ids=["another seller", "an assistant for another", "an assistant of another village"],
)
async def test_another_persons_lot_cannot_be_changed(
    catalog: ServiceUnderTest, caller: Caller, step: str, body: dict[str, Any]
) -> None:
    await stored_lot(catalog, 50 * KG)

    async with catalog.client(caller) as client:
        answer = await client.post(f"/lots/{LOT}/{step}", json=body)

    assert answer.status_code == 404
    assert (await catalog.emitted(), await stock_of(catalog)) == ([], (50 * KG, 0, 0))


@pytest.mark.parametrize(("step", "body"), STEPS)
async def test_a_lot_that_nobody_listed_cannot_be_changed(
    catalog: ServiceUnderTest, step: str, body: dict[str, Any]
) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post(f"/lots/{new_id()}/{step}", json=body)

    assert answer.status_code == 404


@pytest.mark.parametrize(("step", "body"), STEPS)
async def test_a_withdrawn_lot_takes_no_further_step(
    catalog: ServiceUnderTest, step: str, body: dict[str, Any]
) -> None:
    await stored_lot(catalog)
    async with catalog.client(SARI_CALLS) as sari:
        await sari.post(f"/lots/{LOT}/withdrawal", json=REASON)

        answer = await sari.post(f"/lots/{LOT}/{step}", json=body)

    assert answer.status_code == 409
    assert await catalog.emitted() == ["catalog.lot_withdrawn.v1"]


@pytest.mark.parametrize(
    ("step", "body"), [("corrections", {"change": -1, **REASON}), ("withdrawal", REASON)]
)
async def test_stock_that_is_held_is_not_taken_off_and_the_refusal_says_what_to_do(
    catalog: ServiceUnderTest, step: str, body: dict[str, Any]
) -> None:
    await stored_lot(catalog, 20 * KG)
    await catalog.receives(hold_wanted(20 * KG))

    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post(f"/lots/{LOT}/{step}", json=body, headers={"Accept-Language": "id"})

    assert answer.status_code == 409
    assert "20 kg disisihkan" in answer.json()["detail"]
    assert "Jawab jatah yang ditanyakan dengan 2 atau 3" in answer.json()["detail"]
    assert await stock_of(catalog) == (0, 20 * KG, 0)


async def test_the_timeline_tells_what_shares_did_to_the_lot(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG), actor="service:cooperative")

    async with catalog.client(SARI_CALLS) as sari:
        (entry,) = (await sari.get(f"/lots/{LOT}/timeline")).json()

    assert (entry["actor"], entry["on_behalf_of"]) == ("service:cooperative", None)
    assert entry["sentence"]["id"].startswith("20 kg dari 20 kg yang diminta disisihkan")


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("price", {"price": 0}, "price"),
        ("price", {"price": "36500"}, "price"),
        ("price", {"price": 1.5}, "price"),
        ("price", {"price": 10**13}, "price"),
        ("price", {}, "price"),
        ("price", {"price": 1, "colour": "red"}, "colour"),
        ("corrections", {"change": 0, **REASON}, "change"),
        ("corrections", {"change": -(10**13), **REASON}, "change"),
        ("corrections", {"change": 5}, "reason"),
        ("corrections", {"change": 5, "reason": "a\x00b"}, "reason"),
        ("withdrawal", {"reason": "  "}, "reason"),
        ("withdrawal", {"reason": "x" * 5_000}, "reason"),
    ],
)
async def test_a_body_that_makes_no_sense_is_refused_with_its_field_and_changes_nothing(
    catalog: ServiceUnderTest, step: str, body: dict[str, Any], field: str
) -> None:
    await stored_lot(catalog, 50 * KG)

    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post(f"/lots/{LOT}/{step}", json=body)

    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["errors"]] == [field]
    assert (await catalog.emitted(), await stock_of(catalog)) == ([], (50 * KG, 0, 0))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -5}, "quantity"),
        ({"quantity": "50"}, "quantity"),
        ({"quantity": {"selling_unit": "karung"}}, "quantity"),
        ({"quantity": {"selling_unit": "karung", "count": 1.5}}, "quantity"),
        ({"village": "Serang"}, "village"),
        ({"ready_on": "9999-01-01"}, "ready_on"),
        ({"ready_on": "2026-02-30"}, "ready_on"),
        ({"certificates": ["x" * 61]}, "certificates[0]"),
        ({"seller_id": str(UUID(int=1))}, "seller_id"),
    ],
)
async def test_a_new_lot_that_makes_no_sense_is_refused_with_its_field(
    catalog: ServiceUnderTest, change: dict[str, Any], field: str
) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.post("/lots", json=CHILLI_LOT | change)

    assert answer.status_code == 422
    assert [problem["field"].startswith(field) for problem in answer.json()["errors"]] == [True]
    assert await catalog.emitted() == []
