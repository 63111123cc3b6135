"""What the stacks that we start ourselves share: one owner per home; whoever comes second attaches."""

import time
from abc import ABC, abstractmethod
from urllib.parse import quote

from infra.home import Home
from infra.lock import HomeLock
from infra.passwords import Passwords
from infra.ports import Ports
from infra.stack.databases import provide
from infra.stack.leftovers import Record
from infra.stack.part import Part
from infra.stack.reports import SILENT, Report

ADMIN = "lumbung"
PERIOD = 0.1


class OwnedStack(ABC):
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
            self._start_owned(report)
        except BaseException:
            self.stop()
            raise

    @abstractmethod
    def _start_owned(self, report: Report) -> None:
        """Only for the one who holds the lock; ends with `remember()`."""

    @abstractmethod
    def stop(self) -> None: ...

    def remember(self) -> None:
        self._record.write(self.parts, ready=True)

    def _dsn(self, role: str, database: str) -> str:
        login = f"{role}:{quote(self._passwords.of(role), safe='')}"
        return f"postgresql://{login}@127.0.0.1:{self._ports.of('postgres')}/{database}"
