"""A copy of the contract, to break."""

import shutil
from pathlib import Path

import pytest

from infra.contracts.contract import HERE, Contract


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """A copy to break."""
    shutil.copytree(HERE.root / "schemas", tmp_path / "schemas")
    (tmp_path / "docs").mkdir()
    shutil.copy(HERE.overview, tmp_path / "docs")
    return Contract(tmp_path)
