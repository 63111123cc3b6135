"""One batch, one record: whatever the order of its rows, the process's hash seed or the cores it may use."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from tests.cooperative.engine.documents import Document, raw
from tests.cooperative.verify.worlds import stepped

SOLVE = """
import os, sys
from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.engine.canonical import canonical
if sys.argv[1] == "one core":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
for line in sys.stdin.buffer:
    sys.stdout.buffer.write(canonical(solve(read(line))) + b"\\n")
"""


def _solved(documents: list[Document], seed: str, cores: str) -> list[bytes]:
    done = subprocess.run(
        [sys.executable, "-c", SOLVE, cores],
        input=b"\n".join(raw(one) for one in documents) + b"\n",
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
    )
    return done.stdout.splitlines()


def _shuffled(document: Document, seed: int) -> Document:
    draw = Random(seed)
    rows = [
        (key, draw.sample(value, len(value)) if isinstance(value, list) else value)
        for key, value in document.items()
    ]
    return dict(draw.sample(rows, len(rows)))


def test_any_process_any_core_and_any_order_of_rows_write_the_same_record() -> None:
    worlds = [stepped(seed) for seed in range(40)]

    first = _solved(worlds, "0", "all cores")

    assert len(set(first)) == len(worlds)
    assert _solved([_shuffled(world, seed) for seed, world in enumerate(worlds)], "1", "one core") == first
    assert (
        _solved([_shuffled(world, ~seed) for seed, world in enumerate(worlds)], "4242", "all cores") == first
    )
