"""How far plans are from the cheapest day there is, found by trying all of them."""

import json
from statistics import mean

from services.cooperative.routing import planned
from services.cooperative.routing.day_reading import day_of_document
from tests.cooperative.routing.days import Document, day
from tests.cooperative.routing.exhaustive import cheapest

WORST, MEAN = 0.06, 0.002
"""What docs/routing.md says of small days: the dearest plan, and all of them."""


def _light(seed: int) -> Document:
    """At most 4 stops in each leg and 3 vehicles, each of which could take any stop."""
    document = day(seed, stops=4, vehicles=3, wide=True)
    for parcel in document["parcels"]:
        parcel |= {"grams": min(parcel["grams"], 120_000), "crates": min(parcel["crates"], 3)}
    return document


def test_plans_of_small_days_cost_little_more_than_the_cheapest() -> None:
    gaps = []
    for seed in range(60):
        best = cheapest(day_of_document(_light(seed)))
        if best is None:
            continue
        found = planned(_light(seed))
        assert found.unserved == 0
        gaps.append(json.loads(found.plan)["totals"]["cost"] / best - 1)

    assert len(gaps) >= 50
    assert min(gaps) >= 0
    assert max(gaps) <= WORST
    assert mean(gaps) <= MEAN
    assert sum(gap == 0 for gap in gaps) >= 0.9 * len(gaps)
