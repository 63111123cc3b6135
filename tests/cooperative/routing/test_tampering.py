"""Whatever is falsified in a plan, the verifier complains, even where every hash and sum was made anew."""

import json
from collections import Counter

from services.cooperative.documents import Malformed
from services.cooperative.routing import planned
from services.cooperative.routing.verify import first_complaint
from tests.cooperative.routing.days import Document, day
from tests.cooperative.routing.tampering import WAYS, tampered


def _passes(document: Document, plan: Document) -> bool:
    try:
        return first_complaint(json.dumps(document).encode(), json.dumps(plan).encode()) is None
    except Malformed:
        return False


def test_every_falsified_plan_is_found_out() -> None:
    tried: Counter[str] = Counter()
    passed = []
    for seed in range(20):
        document = day(seed, wide=seed % 3 == 0)
        plan = json.loads(planned(document).plan)
        for place in range(3 * len(WAYS)):
            found = tampered(plan, place)
            if found is not None:
                tried[found[0]] += 1
                passed += [(seed, place, found[0])] if _passes(document, found[1]) else []

    assert not passed
    assert set(tried) == {way.__name__ for way in WAYS}
    assert min(tried.values()) >= 10
    assert tried.total() > 500


def test_the_plan_of_another_day_is_found_out() -> None:
    plan = json.loads(planned(day(0)).plan)

    assert _passes(day(0), plan)
    assert not _passes(day(1), plan)
