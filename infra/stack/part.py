"""One process of the stack: started so that it dies with us, watched, and stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from infra.files import last_lines, rotate
from infra.stack.users import User

LAUNCHER = Path(__file__).parents[1] / "child.py"


class StartFailed(RuntimeError):
    """Why a part did not come up, with the last lines of its log."""

    def __init__(self, part: str, why: str, log: Path) -> None:
        self.part, self.why, self.log = part, why, log
        super().__init__("\n".join([f"{part}: {why}", *last_lines(log), f"(all of it: {log})"]))


@dataclass
class Part:
    name: str
    address: str
    command: Callable[[], Sequence[str]]
    log: Path
    answers: Callable[[], bool]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    user: User | None = None
    before: Callable[[], object] = lambda: None
    stops_with: signal.Signals = signal.SIGTERM
    dies_with: signal.Signals = signal.SIGKILL
    started_at: float = 0.0
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def spawn(self) -> None:
        """Only from a thread that lives as long as the part should: the kernel ends them together."""
        self.before()
        rotate(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._launcher(), *self.command()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.env},
                cwd=self.folder,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def _launcher(self) -> list[str]:
        uid, gid = (self.user.uid, self.user.gid) if self.user else (-1, -1)
        numbers = [os.getpid(), int(self.dies_with), uid, gid]
        return [sys.executable, "-I", "-S", str(LAUNCHER), *map(str, numbers)]

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running:
            self.process.send_signal(self.stops_with)

    def stop(self, within: float = 20.0) -> None:
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Its whole process group: a part's own children would outlive it otherwise."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


def memory_of(pid: int) -> int:
    """Bytes held by a process and its children, pages they share counted once."""
    try:
        parent = psutil.Process(pid)
        return sum(_own_memory(process) for process in [parent, *parent.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0


def _own_memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.uss)
    except psutil.Error:
        return 0
