"""The fault suite in short: one seed, one broker, the core faults, judged by every invariant."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.scenarios import MUTANTS
from tests.harness.stack import CHECKOUT

# Three minutes on two free cores; a machine that does other things too is slower, not wrong.
MOST_S = 900


@pytest.mark.timeout(MOST_S + 60)
def test_nothing_is_lost_doubled_or_out_of_order_under_faults(tmp_path: Path) -> None:
    ran = _python("-m", "tests.faults", "--quick", "--out", str(tmp_path))

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_mutant_still_finds_what_it_replaces() -> None:
    modules = [f"tests.faults.mutants.{name}" for name in MUTANTS]
    source = f"import importlib\nfor name in {modules}: importlib.import_module(name).mutate()"

    ran = _python("-c", source)

    assert ran.returncode == 0, ran.stderr


def _python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_S,
    )
