"""The examples in the repository are what the planner says today, and true; the docs show what is told of them."""

from pathlib import Path

import pytest

from services.cooperative.routing.day import written
from services.cooperative.routing.day_reading import day_of
from services.cooperative.routing.plan_reading import plan_of
from services.cooperative.routing.planner import plan
from services.cooperative.routing.telling import explained
from services.cooperative.routing.verify import first_complaint

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "routing"


@pytest.mark.parametrize("name", ["market-day", "broken-truck"])
def test_an_example_has_its_plan_beside_it(name: str) -> None:
    day, beside = (EXAMPLES / f"{name}.json").read_bytes(), (EXAMPLES / f"{name}.plan.json").read_bytes()

    assert written(plan(day_of(day))) + b"\n" == beside
    assert first_complaint(day, beside) is None


def test_the_docs_show_what_is_told_of_the_examples() -> None:
    docs = (ROOT / "docs" / "routing.md").read_text()
    plans = [
        plan_of((EXAMPLES / f"{name}.plan.json").read_bytes()) for name in ("market-day", "broken-truck")
    ]

    assert "\n".join(explained(plans[0], "id")) in docs
    for line in explained(plans[1], "en"):
        assert ", not served: " not in line or line in docs
