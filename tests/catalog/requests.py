"""Requests that catalog's API tests send, right as they are."""

from typing import Any

from tests.catalog.people import (
    BASKET,
    CHILLI,
    KG,
    SERANG,
)

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
STEPS = [
    ("price", {"price": 36_500}),
    ("corrections", {"change": -KG, **REASON}),
    ("withdrawal", REASON),
]
