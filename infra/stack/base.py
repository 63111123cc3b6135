"""What every stack offers, however its PostgreSQL and Kafka are run."""

from dataclasses import dataclass
from typing import Protocol

from infra.stack.part import Part
from infra.stack.reports import SILENT, Report


@dataclass(frozen=True)
class PartStatus:
    name: str
    state: str
    address: str
    pid: int | None = None
    memory: int = 0


class Stack(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def kafka(self) -> tuple[str, ...]: ...

    @property
    def parts(self) -> tuple[Part, ...]:
        """The processes we started and have to keep running; none where somebody else does."""

    def fetch(self, report: Report = SILENT) -> None:
        """Downloads what a first start needs."""

    def start(self, report: Report = SILENT) -> None:
        """Starts it, or attaches to the one that already runs in this home."""

    def remember(self) -> None:
        """Puts the parts' processes on record, after one was started again."""

    def stop(self) -> None:
        """Stops what this object started; an attached stack goes on."""

    def dsn(self, service: str) -> str: ...

    def admin_dsn(self) -> str: ...

    def add_database(self, name: str) -> str:
        """One more role with a database of its own, for tests; returns its address."""

    def status(self) -> list[PartStatus]: ...
