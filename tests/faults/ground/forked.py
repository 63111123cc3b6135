"""A replica as a part of the stack like any other, but forked from the nursery."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from infra.files import rotate
from infra.home import CHECKOUT
from infra.stack.part import Part

PERIOD = 0.02


class Nursery:
    """Asks the process for replicas, one at a time."""

    def __init__(self, log: Path) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.ground.nursery"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=CHECKOUT,
                text=True,
                start_new_session=True,
            )
        if self._said() != "ready":
            raise RuntimeError(f"the services could not be imported, see {log}")

    def fork(self, log: Path, env: dict[str, str], arguments: list[str]) -> "Forked":
        """A new replica."""
        if self._process.stdin is None:
            raise RuntimeError("the nursery hears nothing")
        self._process.stdin.write(json.dumps({"log": str(log), "env": env, "arguments": arguments}) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._said()))

    def close(self) -> None:
        """All replicas end with it."""
        self._process.kill()
        self._process.communicate()

    def _said(self) -> str:
        return self._process.stdout.readline().strip() if self._process.stdout else ""


class Forked:
    """What `subprocess.Popen` would be, had we been the parent; how it ended is not told."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.NoSuchProcess:
            self._process = None

    def poll(self) -> int | None:
        if self.returncode is None and not self._lives():
            self.returncode = -1
        return self.returncode

    def _lives(self) -> bool:
        with suppress(psutil.NoSuchProcess):
            return bool(
                self._process
                and self._process.is_running()
                and self._process.status() != psutil.STATUS_ZOMBIE
            )
        return False

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(PERIOD)
        return code


@dataclass
class ForkedPart(Part):
    """`arguments` are the launcher's."""

    nursery: Nursery | None = None
    arguments: list[str] = field(default_factory=list)

    def spawn(self) -> None:
        if self.nursery is None:
            raise RuntimeError("there is nobody to fork from")
        rotate(self.log)
        self.process = self.nursery.fork(self.log, dict(self.env), self.arguments)  # type: ignore[assignment]
        self.started_at = time.monotonic()
