"""Bodies that make no sense: refused with the field, and nothing changed."""

from typing import Any
from uuid import UUID

import pytest

from tests.catalog.people import (
    KG,
    LOT,
    SARI_CALLS,
    stock_of,
    stored_lot,
)
from tests.catalog.requests import CHILLI_LOT, REASON
from tests.harness.service import ServiceUnderTest


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
