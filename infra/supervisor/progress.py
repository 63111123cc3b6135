"""What the supervisor has done so far, in a file that the command line follows."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from infra.files import read_json, write_json

State = Literal["starting", "ready", "failed", "stopping"]


@dataclass
class Progress:
    """One start of the supervisor. Also a `Report`: the stack tells its steps here."""

    pid: int = 0
    state: State = "starting"
    steps: list[str] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0

    @classmethod
    def read(cls, file: Path) -> "Progress":
        return cls(**read_json(file))


class Diary:
    """Keeps the progress file while the supervisor starts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._began = time.monotonic()
        self._progress = Progress(pid=os.getpid())
        self._write()

    def step(self, text: str) -> None:
        self._progress.steps.append(text)
        self._write()

    @contextmanager
    def counting(self, text: str, total: int) -> Iterator[Callable[[], None]]:
        self.step(f"{text} ({total})")
        yield lambda: None

    def now(self, state: State, error: str = "") -> None:
        self._progress.state, self._progress.error = state, error
        self._write()

    def _write(self) -> None:
        self._progress.seconds = round(time.monotonic() - self._began, 2)
        write_json(self._file, asdict(self._progress))
