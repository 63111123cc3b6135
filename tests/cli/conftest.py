"""A running Lumbung that the tests of a module share."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import InThisProcess, Lumbung


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A new folder that any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="lumbung-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def lumbung(open_folder: Path) -> Iterator[Lumbung]:
    command = Lumbung(open_folder / "home")
    up = command("up", "--replicas", "orders=2")
    assert up.returncode == 0, up.stdout + up.stderr
    yield command
    reset = command("reset", "--yes")
    assert reset.returncode == 0, reset.stdout + reset.stderr


@pytest.fixture
def nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> InThisProcess:
    """The command in a home where nothing runs."""
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return InThisProcess(tmp_path, monkeypatch, capsys)
