"""What is false in a plan."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint(Exception):
    """The first thing that is false, in one line."""

    rule: str
    what: str

    def __str__(self) -> str:
        return " ".join(f"{self.what} [{self.rule}]".split())
