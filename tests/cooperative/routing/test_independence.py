"""The verifier of routes works alone: what it says does not hang on the planner, nor on any solver."""

import json
import subprocess
import sys

LOADED = """
import json, sys
import {module}
print(json.dumps(sorted(sys.modules)))
"""
FOREIGN = ("services.cooperative.routing.planner", "pyvrp", "ortools", "numpy")


def _loaded(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_verifier_reader_and_teller_load_nothing_of_the_planner_and_no_solver() -> None:
    for module in ("verify", "telling", "planning"):
        loaded = _loaded(f"services.cooperative.routing.{module}")

        assert not [name for name in loaded if name.startswith(FOREIGN)]


def test_what_is_forbidden_would_be_seen() -> None:
    assert {"pyvrp", "services.cooperative.routing.planner"} <= _loaded(
        "services.cooperative.routing.planner"
    )
