"""What the clients asked and what they were answered: every command, every attempt, in a file line by line."""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

Outcome = Literal["acknowledged", "refused", "unknown"]


@dataclass
class Attempt:
    """`status` is HTTP's; 0 where no answer came, -1 where nothing was listening and so nothing was sent."""

    s: float
    took: float
    to: str
    status: int


@dataclass
class Command:
    """One wish of one client. Where it was granted, one event of this type carries its marker."""

    number: int
    service: str
    type: str
    marker: str
    contends: bool = False
    attempts: list[Attempt] = field(default_factory=list)
    outcome: Outcome = "unknown"
    subject: str | None = None
    at: str = ""

    @property
    def perhaps_done(self) -> bool:
        """Whether an attempt so far may have been granted without our knowing."""
        return any(one.status in {0, 500, 502, 503, 504} for one in self.attempts)


@dataclass
class History:
    """All commands of a run. `reads` are only counted."""

    file: Path
    began: float = field(default_factory=time.monotonic)
    commands: list[Command] = field(default_factory=list)
    reads: int = 0
    _number: int = 0

    def begin(self, service: str, grants: str, marker: str = "", *, contends: bool = False) -> Command:
        """A new command that an event of this type grants; without a marker of its own it is marked by its number."""
        self._number += 1
        return Command(self._number, service, grants, marker or f"op-{self._number}", contends)

    def end(self, command: Command, outcome: Outcome) -> None:
        command.outcome = outcome
        self.commands.append(command)
        with self.file.open("a") as lines:
            lines.write(json.dumps(asdict(command)) + "\n")

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(command.outcome for command in self.commands)

    def share_of(self, number: int) -> float:
        return number / max(1, len(self.commands))
