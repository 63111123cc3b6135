"""The columns of the table, by examples that fit on a napkin."""

import pytest

from bench.sharing.limits import Optimum
from bench.sharing.rules import Outcome
from bench.sharing.season import CHEAP, FAIR, Season, columns, gini
from bench.sharing.targets import CHEAPEST, TARGETS

KEYS = {("Sari", "egg"): "V1", ("Budi", "egg"): "V1", ("Wati", "egg"): "V2"}


def test_a_day_of_three_sellers_gives_these_columns() -> None:
    season = Season()
    given = {("Sari", "egg"): 3000, ("Budi", "egg"): 1000}
    season.add(Outcome(given, {"egg": 4000}, 110.0, 1, 0.0), 5000, Optimum(125.0, 125.0, 0.0, 0.0, {}))
    season.hak.update({("Sari", "egg"): 2000, ("Budi", "egg"): 1000, ("Wati", "egg"): 2000})

    found = columns(season, KEYS)

    assert found["fill %"] == 80.0
    assert found["cost over optimum %"] == pytest.approx(10.0)
    assert found["stops a day"] == 1
    assert found["sold nothing %"] == pytest.approx(100 / 3)
    assert found["p5 got/hak"] == 0.0
    assert found["village imbalance kg"] == 1.5
    assert found["seller Gini"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("amounts", "expected"), [([5, 5, 5], 0.0), ([0, 0], 0.0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)]
)
def test_gini_is_nothing_where_all_have_the_same(amounts: list[int], expected: float) -> None:
    assert gini(amounts) == pytest.approx(expected)


def _report(own: float, theirs: float) -> dict[str, object]:
    names = {target.column for target in TARGETS}
    rows = [{"rule": rule, **dict.fromkeys(names, own)} for rule in (FAIR, CHEAP)]
    return {
        "villages": 12,
        "supply": "middle",
        "rows": [*rows, {"rule": CHEAPEST, **dict.fromkeys(names, theirs)}],
    }


def test_a_part_of_nothing_is_met_by_nothing_alone() -> None:
    target = next(one for one in TARGETS if one.name.startswith("sold nothing"))

    assert target.met(_report(0.0, 0.0))
    assert not target.met(_report(0.5, 0.0))
    assert target.met(_report(0.5, 5.0))
    assert not target.met(_report(1.0, 5.0))
