"""The reason told to a buyer is the true one: change the one thing it names, and his line changes as it says."""

import pytest

from tests.cooperative.engine import markets, told
from tests.cooperative.engine.documents import serves


def test_a_full_order_is_full_also_when_it_is_smaller() -> None:
    for document, _, row in told.wanted_orders(markets.plain, "FULL", "Semua terpenuhi"):
        told.order_of(document, row)["quantity"] = row["quantity"] // 2

        assert told.filled(document, row)["filled"] == row["quantity"] // 2


def test_an_order_without_a_lot_that_fits_is_served_by_the_first_that_does() -> None:
    for document, _, row in told.wanted_orders(markets.plain, "NO_ELIGIBLE_LOT", "Tidak ada lot yang cocok"):
        assert not any(serves(one, told.order_of(document, row)) for one in document["lots"])
        told.fitting(document, row, price=row["cap"] + 1)
        assert told.filled(document, row)["reason"] == "NO_ELIGIBLE_LOT"

        document["lots"][-1]["price"] = row["cap"]
        assert told.filled(document, row)["reason"] == "FULL"


@pytest.mark.parametrize("reason", ["SHORT", "STEP_ROUNDING"])
def test_a_short_order_is_filled_by_more_harvest_in_small_steps(reason: str) -> None:
    words = {
        "SHORT": "panen yang cocok tidak cukup",
        "STEP_ROUNDING": "lebih kecil dari kelipatan setiap lot",
    }
    for document, record, row in told.wanted_orders(markets.stepped, reason, words[reason]):
        wanted, given = told.order_of(document, row), {one["lot"]: one for one in record["lots"]}
        fitting = [one for one in document["lots"] if serves(one, wanted)]
        left = row["quantity"] - row["filled"]
        if reason == "SHORT":
            assert all(given[one["lot"]]["given"] == one["quantity"] for one in fitting)
        else:
            assert all(left < one["step"] for one in fitting)
        told.fitting(document, row)

        assert told.filled(document, row)["reason"] == "FULL"


def test_what_is_left_beside_a_short_order_could_not_come() -> None:
    for document, record, row in told.wanted_orders(
        told.chilli, "SHORT", "lot yang masih bersisa tidak cocok"
    ):
        wanted, given = told.order_of(document, row), {one["lot"]: one["given"] for one in record["lots"]}
        closed = {one["village"] for one in record["villages"] if not one["open"]}
        left = row["quantity"] - row["filled"]
        for one in document["lots"]:
            had = given[one["lot"]]
            if serves(one, wanted) and had < one["quantity"] and one["village"] not in closed:
                lacks = max(one["step"], -(-(one["minimum"] - had) // one["step"]) * one["step"])
                assert lacks > min(left, one["quantity"] - had), one
