"""What was done to the system and when: every fault, every move of the clock, everything that ended by itself."""

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Moment:
    """One line of the timeline. `s` counts seconds since the run began."""

    s: float
    at: str
    what: str
    about: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.s:8.2f} s  {self.what:<10} {self.about:<24} {self.detail}".rstrip()


@dataclass
class Timeline:
    """Kept in memory and, line by line, in a file."""

    file: Path
    began: float = field(default_factory=time.monotonic)
    moments: list[Moment] = field(default_factory=list)

    def note(self, what: str, about: str, detail: str = "") -> None:
        s = round(time.monotonic() - self.began, 3)
        moment = Moment(s, datetime.now(UTC).isoformat(), what, about, detail)
        self.moments.append(moment)
        with self.file.open("a") as lines:
            lines.write(json.dumps(vars(moment)) + "\n")

    def around(self, at: datetime, most: int = 6) -> list[str]:
        """The lines nearest to a moment, in order."""

        def distance(moment: Moment) -> float:
            return abs((datetime.fromisoformat(moment.at) - at).total_seconds())

        nearest = sorted(self.moments, key=distance)[:most]
        return [str(moment) for moment in sorted(nearest, key=lambda moment: moment.s)]
