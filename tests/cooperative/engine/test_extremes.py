"""The ends of what is allowed: very large, very small, nothing at all, many for one."""

import pytest

from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.engine.tiers import tier, tiers
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.engine.documents import Document, batch, demand, given, lot, raw, shared

MOST = 10**12


def _true(document: Document) -> dict[str, int]:
    record = shared(document)
    assert first_complaint(raw(document), canonical(record)) is None
    return given(record)


def test_nothing_offered_and_nothing_wanted_is_a_sharing_too() -> None:
    assert _true(batch([], [])) == {}
    assert _true(batch([lot("L1", 5)], [])) == {"L1": 0}
    assert _true(batch([], [demand("D1", 5)])) == {}


def test_one_lot_serves_five_thousand_demands() -> None:
    document = batch([lot("L1", 4000)], [demand(f"D{place:04}", 1 + place % 3) for place in range(5000)])

    assert _true(document) == {"L1": 4000}


@pytest.mark.parametrize("first", [0, 250, 1000])
def test_quantities_near_the_largest_are_shared_to_the_unit(first: int) -> None:
    lots = [lot(f"L{place}", MOST - place, 10**12 - place, cap=MOST) for place in range(3)]
    document = batch(lots, [demand("D1", MOST - 7, MOST), demand("D2", MOST - 11, MOST)], first=first)

    amounts = _true(document)

    assert sum(amounts.values()) == 2 * MOST - 18
    assert max(amounts.values()) - min(amounts.values()) <= 3


def test_a_minimum_of_half_the_order_frees_what_the_others_share_at_once_and_not_gram_by_gram() -> None:
    lots = [lot("L0", MOST, minimum=MOST // 2), lot("L1", MOST), lot("L2", MOST, minimum=7)]

    amounts = _true(batch(lots, [demand("D1", MOST), demand("D2", 10)]))

    assert sum(amounts.values()) == MOST + 10
    assert amounts["L0"] == MOST // 2
    assert abs(amounts["L1"] - amounts["L2"]) <= 1


def test_all_prices_equal_and_caps_equal_to_asks_share_evenly() -> None:
    document = batch([lot(f"L{place}", 20, 100) for place in range(5)], [demand("D1", 50, 100)])

    assert set(_true(document).values()) == {10}


def test_the_odd_units_go_in_the_order_of_ties_to_who_can_take_one() -> None:
    amounts = _true(batch([lot(f"L{place}", 20, 100) for place in range(3)], [demand("D1", 50, 100)]))

    assert sorted(amounts.values()) == [16, 17, 17]


def test_a_demand_no_lot_can_serve_in_whole_steps_says_so() -> None:
    record = shared(batch([lot("L1", 50, step=10)], [demand("D1", 25)]))

    assert given(record) == {"L1": 20}
    assert record["demands"][0]["reason"] == "STEP_ROUNDING"


@pytest.mark.parametrize("reference", [1, 7, 36_000, MOST])
@pytest.mark.parametrize("width", [0, 5, 50, 10_000])
def test_the_tiers_of_many_prices_are_the_tiers_of_each(reference: int, width: int) -> None:
    import numpy as np

    prices = [1, 2, 35_999, 36_000, 36_001, 37_800, 37_799, MOST - 1, MOST]

    found = tiers(np.array(prices, dtype=np.int64), reference, width).tolist()

    assert found == [tier(price, reference, width) for price in prices]
