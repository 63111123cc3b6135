"""Batches as files have them: small ones drawn by Hypothesis, and what a dense, slow reader makes of them."""

import json
from typing import Any

from hypothesis import strategies as st

from services.cooperative.sharing.engine import Record, read, solve

Document = dict[str, Any]
DAY = "2026-11-27"
GRADES = ("A", "B")
PRICES = (80, 90, 95, 100, 104, 106, 112, 120)
CAPS = (90, 100, 105, 110, 120, 125)


def commodity(
    name: str = "cabai", grades: tuple[str, ...] = GRADES, per: int = 1, reference: int = 100
) -> Document:
    return {
        "commodity": name, "unit": "g", "per": per, "grades": list(grades), "reference_price": reference
    }  # fmt: skip


def lot(name: str, quantity: int, price: int = 100, **more: Any) -> Document:
    plain = {
        "lot": name, "seller": f"S{name}", "village": "V", "commodity": "cabai", "grade": "A",
        "quantity": quantity, "price": price,
    }  # fmt: skip
    return plain | more


def demand(name: str, quantity: int, cap: int = 120, **more: Any) -> Document:
    plain = {
        "demand": name, "buyer": f"B{name}", "commodity": "cabai", "grade": "B", "quantity": quantity, "cap": cap
    }  # fmt: skip
    return plain | more


def batch(
    lots: list[Document], demands: list[Document], first: int = 0, tier: int = 50, **more: Any
) -> Document:
    plain = {
        "batch": "today", "day": DAY,
        "parameters": {"first_share_permille": first, "tier_permille": tier, "credit_permille": 0},
        "commodities": [commodity()],
        "villages": [{"village": "V", "stop_cost": 0}],
        "lots": lots, "demands": demands,
    }  # fmt: skip
    return plain | more


def raw(document: Document) -> bytes:
    return json.dumps(document).encode()


def shared(document: Document) -> Record:
    return solve(read(raw(document)))


def given(record: Record) -> dict[str, int]:
    return {row["lot"]: row["given"] for row in record["lots"]}


def serves(lot: Document, demand: Document) -> bool:
    """Eligibility, looked at pair by pair."""
    return (
        lot["commodity"] == demand["commodity"]
        and GRADES.index(lot["grade"]) <= GRADES.index(demand["grade"])
        and lot["price"] <= demand["cap"]
        and lot.get("ready", DAY) <= DAY <= lot.get("expiry", DAY)
        and set(demand.get("certificates", [])) <= set(lot.get("certificates", []))
    )


@st.composite
def documents(
    draw: st.DrawFn, whole_steps: bool = True, single: bool = False, carried: bool = True
) -> Document:
    """`whole_steps`: also steps and minimums above 1; `single`: one lot per seller."""
    step = st.sampled_from((1, 2, 3, 5)) if whole_steps else st.just(1)
    minimum = st.sampled_from((1, 1, 4, 7)) if whole_steps else st.just(1)
    villages = draw(st.integers(1, 3))
    sellers = st.integers(0, 3)
    lots = [
        lot(
            f"L{place}",
            draw(st.integers(0, 20)),
            draw(st.sampled_from(PRICES)),
            seller=f"S{place if single else draw(sellers)}",
            village=f"V{draw(st.integers(0, villages - 1))}",
            grade=draw(st.sampled_from(GRADES)),
            step=draw(step),
            minimum=draw(minimum),
            certificates=draw(st.sampled_from(([], ["organik"]))),
            **draw(st.sampled_from(({}, {}, {"expiry": "2026-11-28"}, {"expiry": "2026-11-26"}))),
        )
        for place in range(draw(st.integers(0, 6)))
    ]
    demands = [
        demand(
            f"D{place}",
            draw(st.integers(1, 30)),
            draw(st.sampled_from(CAPS)),
            grade=draw(st.sampled_from(GRADES)),
            certificates=draw(st.sampled_from(([], [], ["organik"]))),
            priority=draw(st.integers(1, 2)),
        )
        for place in range(draw(st.integers(0, 4)))
    ]
    stops = st.sampled_from((0, 40, 300, 2000))
    made = batch(lots, demands, draw(st.sampled_from((0, 250, 1000))), draw(st.sampled_from((0, 50))))
    made["villages"] = [{"village": f"V{place}", "stop_cost": draw(stops)} for place in range(villages)]
    made["parameters"]["credit_permille"] = draw(st.sampled_from((0, 80, 1000)))
    if carried:
        amounts = {f"S{place}": draw(st.integers(-5, 9)) for place in range(4)}
        made["credits"] = [
            {"seller": one, "commodity": "cabai", "amount": own} for one, own in amounts.items()
        ]
    return made
