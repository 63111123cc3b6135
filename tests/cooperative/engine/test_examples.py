"""The examples in the repository are what the engine says today, and true."""

from pathlib import Path

import pytest

from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.verify import first_complaint

EXAMPLES = Path(__file__).parents[3] / "examples" / "sharing"


@pytest.mark.parametrize("name", ["fair-day", "short-harvest", "far-village"])
def test_an_example_has_the_record_beside_it(name: str) -> None:
    batch = (EXAMPLES / f"{name}.json").read_bytes()
    record = (EXAMPLES / f"{name}.record.json").read_bytes()

    assert canonical(solve(read(batch))) + b"\n" == record
    assert first_complaint(batch, record) is None
