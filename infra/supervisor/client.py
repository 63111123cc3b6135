"""Starts the supervisor, follows it, and stops it: what `lumbung up`, `down` and `demo` share."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Mapping

import psutil

from infra.files import last_lines, rotate
from infra.home import CHECKOUT, Home
from infra.lock import HomeLock
from infra.stack import Report
from infra.stack.leftovers import Record
from infra.supervisor.progress import Progress

PERIOD = 0.05


class NotUp(Exception):
    """Why the supervisor did not get everything up."""


def owner(home: Home) -> int | None:
    """The supervisor's process id, None when none runs in this home."""
    return HomeLock(home.root / "up.lock").owner()


def launch(home: Home, replicas: Mapping[str, int], tied: bool = False) -> "subprocess.Popen[bytes]":
    """`tied`: it ends with the process that calls this; otherwise it outlives it."""
    wishes = ",".join(f"{service}={count}" for service, count in replicas.items())
    rotate(home.log("supervisor"))
    with home.log("supervisor").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "infra.supervisor", "--home", str(home.root), "--replicas", wishes]
            + ["--tied"] * tied,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=CHECKOUT,
            start_new_session=True,
        )


def follow(home: Home, report: Report, pid: int, within: float = 300.0) -> Progress:
    """Tells the supervisor's steps as they come; returns when all is up, raises NotUp when it will not be."""
    deadline = time.monotonic() + within
    told = 0
    while time.monotonic() < deadline:
        progress = _progress_of(home, pid)
        if progress.state == "ready" and told == 0:
            return progress  # it was up before we came
        for step in progress.steps[told:]:
            report.step(step)
        told = len(progress.steps)
        if progress.state == "ready":
            return progress
        if progress.state == "failed":
            raise NotUp(progress.error)
        if not _alive(pid) and (other := owner(home)):
            pid, told = other, 0  # somebody else was quicker: two `up` at the same moment
        elif not _alive(pid):
            raise NotUp("\n".join(["the supervisor ended", *last_lines(home.log("supervisor"))]))
        time.sleep(PERIOD)
    raise NotUp(f"not up after {within:.0f} s; see {home.log('supervisor')}")


def bring_down(home: Home, within: float = 60.0) -> bool:
    """False when nothing ran. Returns only when no process is left, also where the supervisor had been killed."""
    pid = owner(home)
    if pid:
        _end(pid, within)
    for name in ("services.json", "processes.json"):
        if owner_of_stack(home) is None:
            Record(home.root / name).end_leftovers()
    return pid is not None


def owner_of_stack(home: Home) -> int | None:
    return HomeLock(home.lock).owner()


def _end(pid: int, within: float) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.terminate()
        try:
            process.wait(within)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(10)


def _progress_of(home: Home, pid: int) -> Progress:
    """What an earlier supervisor left there says nothing of this one."""
    progress = Progress.read(home.state)
    return progress if progress.pid == pid else Progress(pid)


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
