"""Repricing, correcting and withdrawing a lot over HTTP: whose lots, in which order, and what is told."""

from typing import Any

import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.catalog.people import (
    ASSISTANT,
    ASSISTANT_FOR_SARI,
    CISURU,
    COOPERATIVE,
    KG,
    LOT,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    TUTI_CALLS,
    hold_wanted,
    stock_of,
    stored_lot,
)
from tests.catalog.requests import REASON, STEPS
from tests.harness.service import ServiceUnderTest


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
    assert "Jawab bagian yang ditanyakan dengan 2 atau 3" in answer.json()["detail"]
    assert await stock_of(catalog) == (0, 20 * KG, 0)


async def test_the_timeline_tells_what_shares_did_to_the_lot(catalog: ServiceUnderTest) -> None:
    await stored_lot(catalog, 50 * KG)
    await catalog.receives(hold_wanted(20 * KG), actor="service:cooperative")

    async with catalog.client(SARI_CALLS) as sari:
        answer = await sari.get(f"/lots/{LOT}/timeline", headers={"Accept-Language": "id"})

    (entry,) = answer.json()
    assert answer.headers["Content-Language"] == "id"
    assert entry["sentence"] == entry["sentences"]["id"]
    assert (entry["actor"], entry["on_behalf_of"]) == ("service:cooperative", None)
    assert entry["sentences"]["id"].startswith("20 kg dari 20 kg yang diminta disisihkan")
