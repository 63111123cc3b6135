"""What the stacks that we start ourselves share: one owner per home; whoever comes second attaches."""

import time
from abc import ABC, abstractmethod
from urllib.parse import quote

from infra.home import Home
from infra.lock import HomeLock
from infra.passwords import Passwords
from infra.ports import Ports
from infra.services import SERVICES
from infra.stack.base import PartStatus
from infra.stack.databases import provide
from infra.stack.leftovers import Record
from infra.stack.part import Part
from infra.stack.reports import SILENT, Report
from infra.stack.starting import start_all

ADMIN = "lumbung"
PERIOD = 0.1


class OwnedStack(ABC):
    """Its parts are processes of ours, unless a subclass runs them in another way."""

    def __init__(self, home: Home) -> None:
        self.home = home.make()
        self.parts: tuple[Part, ...] = ()
        self._ports = Ports(home.root / "ports.json")
        self._passwords = Passwords(home.root / "passwords.json")
        self._lock = HomeLock(home.lock)
        self._record = Record(home.root / "processes.json")

    @property
    def kafka(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self._ports.of('kafka')}",)

    def dsn(self, service: str) -> str:
        return self._dsn(service, service)

    def admin_dsn(self) -> str:
        return self._dsn(ADMIN, "postgres")

    def add_database(self, name: str) -> str:
        provide(self.admin_dsn(), [name], self._passwords.of)
        return self.dsn(name)

    def start(self, report: Report = SILENT, within: float = 180.0) -> None:
        deadline = time.monotonic() + within
        while not self._lock.take():
            if self._record.ready and self._lock.owner():
                return report.step("Attached to the stack that already runs here")
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"process {self._lock.owner()} still starts this stack after {within:.0f} s"
                )
            time.sleep(PERIOD)
        try:
            self._bring_up(report)
        except BaseException:
            self.stop()
            raise

    def _bring_up(self, report: Report) -> None:
        self._record.end_leftovers()
        self.fetch(report)
        self._start_owned(report)
        provide(self.admin_dsn(), SERVICES, self._passwords.of)
        self.remember()

    @abstractmethod
    def fetch(self, report: Report = SILENT) -> None: ...

    @abstractmethod
    def _start_owned(self, report: Report) -> None:
        """Only for the one who holds the lock; PostgreSQL and Kafka answer when it ends."""

    def _start_parts(self, *parts: Part, within: float = 60.0) -> None:
        self.parts = parts
        start_all(parts, spawned=lambda: self._record.write(parts, ready=False), within=within)

    def remember(self) -> None:
        self._record.write(self.parts, ready=True)

    def stop(self) -> None:
        self._stop_owned()
        self._lock.release()

    def _stop_owned(self) -> None:
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.stop()
        if self.parts:
            self._record.clear()
        self.parts = ()

    def status(self) -> list[PartStatus]:
        return self._record.status()

    def _dsn(self, role: str, database: str) -> str:
        login = f"{role}:{quote(self._passwords.of(role), safe='')}"
        return f"postgresql://{login}@127.0.0.1:{self._ports.of('postgres')}/{database}"
