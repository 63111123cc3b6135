"""Small days for the bench's own logic, written by hand: eggs, whole numbers, no grades."""

from typing import Any

from bench.sharing.rules import Day, day_of

Document = dict[str, Any]


def lot(name: str, quantity: int, price: int, **more: Any) -> Document:
    """Its seller has the lot's name with an S before it."""
    return {
        "lot": name,
        "seller": f"S{name}",
        "village": "V",
        "commodity": "egg",
        "quantity": quantity,
        "price": price,
        **more,
    }


def demand(name: str, quantity: int, cap: int = 2000) -> Document:
    return {"demand": name, "buyer": f"B{name}", "commodity": "egg", "quantity": quantity, "cap": cap}


def plain(lots: list[Document], demands: list[Document], villages: dict[str, int] | None = None) -> Document:
    return {
        "batch": "a day",
        "day": "2026-11-27",
        "parameters": {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80},
        "commodities": [
            {"commodity": "egg", "unit": "butir", "per": 1, "grades": [], "reference_price": 1000}
        ],
        "villages": [{"village": name, "stop_cost": cost} for name, cost in (villages or {"V": 0}).items()],
        "lots": lots,
        "demands": demands,
    }


def day(lots: list[Document], demands: list[Document], villages: dict[str, int] | None = None) -> Day:
    return day_of(plain(lots, demands, villages))
