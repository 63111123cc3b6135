"""One day, one plan: whatever the order of its rows, the process's hash seed or the cores it may use."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cooperative.routing.days import Document, day, shuffled

PLAN = """
import json, os, sys
from services.cooperative.routing import planned
if sys.argv[1] == "one core":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
for line in sys.stdin:
    print(planned(json.loads(line)).plan)
"""


def _planned(documents: list[Document], seed: str, cores: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PLAN, cores],
        input="\n".join(json.dumps(one) for one in documents),
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_any_process_any_core_and_any_order_of_rows_write_the_same_plan() -> None:
    days = [day(seed, stops=8, vehicles=4, wide=seed % 2 == 0) for seed in range(12)]

    first = _planned([*days, *days], "0", "all cores")

    assert len(set(first)) == len(days)
    assert first[: len(days)] == first[len(days) :]
    assert _planned([shuffled(one, at) for at, one in enumerate(days)], "1", "one core") == first[: len(days)]
    assert (
        _planned([shuffled(one, ~at) for at, one in enumerate(days)], "42", "all cores") == first[: len(days)]
    )


def test_a_supplied_matrix_may_name_its_places_in_any_order() -> None:
    document = day(3, wide=True)
    names = [row["place"] for row in document["places"]]
    far = [[0 if a == b else 1000 + 37 * a + 11 * b for b in range(len(names))] for a in range(len(names))]
    order = [*range(1, len(names)), 0]
    del document["roads"]
    straight = document | {"matrix": {"places": names, "metres": far, "seconds": far}}
    turned = document | {
        "matrix": {
            "places": [names[at] for at in order],
            **{kind: [[far[a][b] for b in order] for a in order] for kind in ("metres", "seconds")},
        }
    }

    plans = _planned([straight, turned], "0", "all cores")

    assert plans[0] == plans[1] != ""
