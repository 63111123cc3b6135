"""`lumbung` as people run it: in a process of its own, on a home of the test's."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from infra.home import CHECKOUT, Home
from infra.status import rows
from infra.supervisor import client
from lumbung.cli import main

PATIENCE = 120
PERIOD = 0.2


@dataclass(frozen=True)
class Answer:
    """What a finished command left."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class InThisProcess:
    """Quicker, for what starts nothing."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Answer:
        self.monkeypatch.setattr(sys, "argv", ["lumbung", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = self.capsys.readouterr()
        code = end.value.code
        return Answer(code if isinstance(code, int) else 0, said.out, said.err)


@dataclass(frozen=True)
class Lumbung:
    """One home, and the command that looks after it."""

    home: Path
    program: tuple[str, ...] = (sys.executable, "-m", "lumbung")
    folder: Path = CHECKOUT
    env: Mapping[str, str] = field(default_factory=dict)
    user: int | None = None

    def __call__(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        groups: list[int] | None = None if self.user is None else []
        return subprocess.run(
            [*self.program, *arguments],
            cwd=self.folder,
            env={**os.environ, "LUMBUNG_HOME": str(self.home), "COLUMNS": "200", **self.env},
            user=self.user,
            group=self.user,
            extra_groups=groups,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def runs(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command that goes on while the test does other things."""
        return subprocess.Popen(
            [*self.program, *arguments],
            cwd=self.folder,
            env={
                **os.environ,
                "LUMBUNG_HOME": str(self.home),
                "COLUMNS": "200",
                "PYTHONUNBUFFERED": "1",
                **self.env,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def status(self) -> dict[str, dict[str, Any]]:
        """Each part's row, by its name."""
        answer = self("status", "--json")
        return {row["part"]: row for row in json.loads(answer.stdout)["parts"]}

    def await_well(self) -> None:
        """Asks without a process of its own: each would take from what is starting."""
        deadline = time.monotonic() + PATIENCE
        while not all(row.well for row in rows(Home(self.home))):
            assert time.monotonic() < deadline, self("status").stdout
            time.sleep(PERIOD)

    def processes(self) -> list[psutil.Process]:
        """The supervisor and all that hangs on it."""
        supervisor = client.owner(Home(self.home))
        assert supervisor is not None
        top = psutil.Process(supervisor)
        return [top, *top.children(recursive=True)]
