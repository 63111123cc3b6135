"""Homes that a test may break, in a folder that PostgreSQL's own user can enter."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.home import Home
from infra.stack.postgres import OUTSIDE


@pytest.fixture
def closed_home(tmp_path: Path) -> Iterator[Path]:
    """A home in a folder that only its owner may enter."""
    tmp_path.chmod(0o700)
    home = Home(tmp_path / "home")
    yield home.root
    shutil.rmtree(OUTSIDE / home.id, ignore_errors=True)
    assert tmp_path.stat().st_mode & 0o077 == 0


@pytest.fixture
def new_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="lumbung-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
