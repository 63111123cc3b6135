"""Batches to share: a kitchen's chilli order and the lots of three villages; and Hypothesis' own."""

from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from services.cooperative.sharing import Batch, Demand, Lot, Product

DAY = date(2026, 11, 27)
CHILLI, BASKET = UUID(int=1), UUID(int=2)
PRODUCTS = (
    Product(commodity_id=CHILLI, name="cabai", unit="g", per=1000, grades=("A", "B"), step=1000),
    Product(commodity_id=BASKET, name="keranjang", unit="buah", per=1, grades=(), step=1),
)


def demand(quantity: object, **other: object) -> Demand:
    known: dict[str, object] = {
        "line_id": UUID(int=100),
        "place": 1,
        "commodity_id": CHILLI,
        "grade": "A",
        "quantity": quantity,
        "cap": 38_000,
        "per": 1000,
        "certificates": (),
    }
    return Demand.model_validate(known | other)


def lot(number: int, available: object, **other: object) -> Lot:
    known: dict[str, object] = {
        "lot_id": UUID(int=1000 + number),
        "lot_code": f"LOT{number}",
        "commodity_id": CHILLI,
        "village": "33.01.18.2006",
        "grade": "A",
        "available": available,
        "price": 36_000,
        "per": 1000,
        "ready_on": date(2026, 11, 20),
        "expires_on": date(2026, 12, 1),
        "certificates": (),
        "member": True,
        "spent": False,
    }
    return Lot.model_validate(known | other)


def batch(*parts: Demand | Lot, round: int = 1, sharing: int = 7) -> Batch:  # noqa: A002
    return Batch(
        sharing_id=UUID(int=sharing),
        window_id=UUID(int=9),
        round=round,
        previous_hash=None,
        delivery_day=DAY,
        products=PRODUCTS,
        demands=tuple(part for part in parts if isinstance(part, Demand)),
        lots=tuple(part for part in parts if isinstance(part, Lot)),
    )


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Any few lots, mostly good, and up to three chilli lines with their own grade and cap."""
    lots = draw(st.lists(_lot_fields(), max_size=8))
    demands = draw(st.lists(_demand_fields(), min_size=1, max_size=3))
    return batch(
        *(lot(number, **fields) for number, fields in enumerate(lots)),
        *(
            demand(line_id=UUID(int=100 + place), place=place, **fields)
            for place, fields in enumerate(demands)
        ),
        sharing=draw(st.integers(1, 2**64)),
    )


def _lot_fields() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "available": st.integers(0, 30_000),
            "price": st.sampled_from([30_000, 36_000, 40_000]),
            "grade": st.sampled_from(["A", "A", "B"]),
            "expires_on": st.sampled_from([date(2026, 12, 1), date(2026, 11, 26)]),
            "spent": st.sampled_from([False, False, False, True]),
        }
    )


def _demand_fields() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "quantity": st.integers(1, 120_000),
            "grade": st.sampled_from(["A", "B", None]),
            "cap": st.sampled_from([29_000, 36_000, 50_000]),
        }
    )
