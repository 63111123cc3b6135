"""What went wrong, by the names that Jepsen gives to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Anomaly(StrEnum):
    LOST_WRITE = "lost write"
    """It was acknowledged or committed, and is not there."""
    PHANTOM = "phantom (G1a)"
    """It is there, and was refused, rolled back or never asked for."""
    SKIP = "skip"
    """A version or an event is missing between others that are there, or was never applied."""
    REORDER = "reorder"
    """A later version of the same thing appeared before an earlier one."""
    DUPLICATE = "duplicate effect"
    """It was done more than once."""
    STALE = "stale projection"
    """What a service keeps of another's facts is not as of the last one that concerns it."""
    IDENTITY = "broken identity"
    """Quantities that must add up do not."""
    LATE = "missed deadline"
    """A state outlived the time at which it had to end."""
    UNACCOUNTED = "unaccounted"
    """Something set aside without a reason, or a reason without something set aside."""


@dataclass(frozen=True)
class Violation:
    """`where` is a service or topic, `key` the thing it happened to, `at` the moment nearest to it that is known."""

    anomaly: Anomaly
    where: str
    key: str
    what: str
    at: datetime | None = None

    def __str__(self) -> str:
        return f"{self.anomaly}: {self.what} ({self.where}, {self.key})"


Violations = Iterator[Violation]


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
