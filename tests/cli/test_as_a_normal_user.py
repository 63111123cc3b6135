"""Under root, one run as somebody else, on copies (links, where possible) of what root's folders hide."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.home import CHECKOUT
from infra.stack.jars import cache_folder
from tests.cli.command import Lumbung

USER = "nobody"
UNUSED = shutil.ignore_patterns("mypy", "pip", "hypothesis", "schemathesis", "testcontainers", "pginstall")
LIBRARY = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a normal user")
def test_a_normal_user_runs_it_in_his_own_folder(open_folder: Path) -> None:
    lumbung = _for_user(open_folder, pwd.getpwnam(USER))

    try:
        up = lumbung("up")
        assert up.returncode == 0, up.stdout + up.stderr
        status = lumbung.status()
        owners = {process.uids().real for process in lumbung.processes()}
    finally:
        down = lumbung("down")

    assert {row["state"] for row in status.values()} == {"running", "ready"}
    assert owners == {lumbung.user}
    assert (lumbung.home / "postgres" / "data").stat().st_uid == lumbung.user
    assert down.stdout == "Stopped.\n"


def _for_user(folder: Path, user: pwd.struct_passwd) -> Lumbung:
    python = _python(folder / "python")
    _checkout(folder / "checkout")
    _tree(cache_folder(), folder / "jars")
    own = folder / "own"
    own.mkdir()
    os.chown(own, user.pw_uid, user.pw_gid)
    paths = {"PYTHONPATH": str(folder / "packages"), "LD_LIBRARY_PATH": str(folder / "python" / "lib")}
    _tree(Path(sys.prefix) / LIBRARY / "site-packages", folder / "packages", UNUSED)
    return Lumbung(
        home=own / "home",
        program=(str(python), "-m", "lumbung"),
        folder=folder / "checkout",
        env={**paths, "HOME": str(own), "LUMBUNG_CACHE": str(folder / "jars")},
        user=user.pw_uid,
    )


def _python(copy: Path) -> Path:
    original = Path(sys.base_prefix)
    _tree(original / LIBRARY, copy / LIBRARY, shutil.ignore_patterns("site-packages", "test", "tests"))
    for library in (original / "lib").glob("libpython*"):
        _link(str(library), str(copy / "lib" / library.name))
    (copy / "bin").mkdir()
    program = copy / "bin" / "python3"
    _link(str(Path(sys.executable).resolve()), str(program))
    return program


def _checkout(copy: Path) -> None:
    """What git knows, and what is new: as a clone would have it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            _link(str(CHECKOUT / name), str(copy / name))


def _tree(original: Path, copy: Path, ignore: Callable[[str, list[str]], set[str]] | None = None) -> None:
    shutil.copytree(original, copy, ignore=ignore, copy_function=_link)


def _link(original: str, copy: str) -> str:
    try:
        os.link(original, copy)
    except OSError:  # another disk
        shutil.copy2(original, copy)
    return copy
