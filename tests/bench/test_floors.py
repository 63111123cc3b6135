"""Where few villages miss the target of imbalance: what takes it away, and which seeds are looked at."""

from typing import Any

import pytest

from bench.sharing.floors import APART, VARIANTS, floors, missed, shown
from bench.sharing.manipulation import in_units
from bench.sharing.season import CHEAP, COLUMNS, FAIR, columns, known, under_lexwf, villages_of
from bench.sharing.targets import CHEAPEST
from bench.sharing.worlds import days, size_of

DAYS = 15


def _report(fair: float, cheap: float, theirs: float, villages: int = 3) -> dict[str, Any]:
    apart = {FAIR: fair, CHEAP: cheap, CHEAPEST: theirs}
    rows = [{**dict.fromkeys(COLUMNS, 0.0), "rule": rule, APART: one} for rule, one in apart.items()]
    return {
        "villages": villages,
        "supply": "middle",
        "world": f"{villages} villages, middle, seed 2",
        "rows": rows,
    }


def test_only_rules_that_miss_in_small_worlds_are_looked_at() -> None:
    found = missed([_report(1, 3, 8), _report(1, 1, 8), _report(9, 9, 8, villages=50)])

    assert [[(one.rule, one.seed, one.target, one.reached) for one in own] for own in found] == [
        [(CHEAP, 2, 2, 3)]
    ]


@pytest.mark.parametrize("share", [0, 250])
def test_without_stops_and_steps_every_village_has_its_hak(share: int) -> None:
    plain = [in_units(VARIANTS["no stops"](one)) for one in days(size_of(3, "sparse", 1), DAYS)]

    found = under_lexwf([known(one) for one in plain], share, check=False)

    assert columns(found, villages_of(plain))[APART] == 0


def test_a_missed_seed_is_shown_with_its_floor_and_what_meets_it() -> None:
    plain = days(size_of(3, "sparse", 1), DAYS)
    usual = columns(under_lexwf([known(one) for one in plain], 250, check=False), villages_of(plain))[APART]
    own = missed([{**_report(usual, 0, 2 * usual), "supply": "sparse", "world": "seed 1"}])[0]

    [row] = floors(own, DAYS)

    meeting = [one for one in row["credits"] if one[APART] <= row["target"]]
    assert row["target"] == usual / 2
    assert row["nobody is below"] <= row["without"]["no stops"] < usual
    assert row["least cost %"] <= min(one[COLUMNS[1]] for one in meeting)
    assert shown([row])[0]["target met with"].startswith("credit ")


def test_other_days_than_those_that_were_kept_are_refused() -> None:
    own = missed([{**_report(1000, 0, 40), "supply": "sparse", "world": "seed 1"}])[0]

    with pytest.raises(RuntimeError, match="--days"):
        floors(own, DAYS)
