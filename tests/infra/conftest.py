"""Homes that a test may break, in a folder that PostgreSQL's own user can enter."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def new_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="lumbung-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
