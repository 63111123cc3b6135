"""The verifier works alone: what it says does not hang on the engine, nor on any solver."""

import json
import subprocess
import sys

LOADED = """
import json, sys
import {module}
print(json.dumps(sorted(sys.modules)))
"""


def _loaded(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


FOREIGN = ("services.cooperative.sharing.engine", "ortools", "scipy", "numpy", "highspy")


def test_the_verifier_loads_nothing_of_the_engine_and_no_solver() -> None:
    loaded = _loaded("services.cooperative.sharing.verify.whole")

    assert not [name for name in loaded if name.startswith(FOREIGN)]


def test_what_is_forbidden_would_be_seen() -> None:
    assert {"numpy", "services.cooperative.sharing.engine"} <= _loaded("services.cooperative.sharing.engine")
