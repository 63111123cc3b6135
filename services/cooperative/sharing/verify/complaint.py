"""What is false in a record, and who is hurt by it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint(Exception):
    """The first thing that is false; `seller` is who could justly complain, `what` why, in one line."""

    rule: str
    what: str
    seller: str | None = None

    def __str__(self) -> str:
        who = f"seller {self.seller}: " if self.seller is not None else ""
        return " ".join(f"{who}{self.what} [{self.rule}]".split())
