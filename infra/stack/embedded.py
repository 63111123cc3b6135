"""The embedded stack: PostgreSQL and Kafka as processes of ours, in one home, for one owner at a time."""

import time
from concurrent.futures import ThreadPoolExecutor

from infra.home import Home
from infra.lock import HomeLock
from infra.passwords import Passwords
from infra.ports import Ports
from infra.services import SERVICES
from infra.stack import leftovers
from infra.stack.base import PartStatus
from infra.stack.databases import provide
from infra.stack.kafka import Kafka
from infra.stack.part import Part
from infra.stack.postgres import ADMIN, Postgres
from infra.stack.reports import SILENT, Report
from infra.stack.starting import start_all


class EmbeddedStack:
    kind = "embedded"
    replication = 1

    def __init__(self, home: Home) -> None:
        self.home = home.make()
        self._ports = Ports(home.root / "ports.json")
        self._passwords = Passwords(home.root / "passwords.json")
        self._lock = HomeLock(home.lock)
        self._record = leftovers.Record(home.root / "processes.json")
        self._postgres = Postgres(home, self._ports, self._passwords)
        self._kafka = Kafka(home, self._ports)
        self.parts: tuple[Part, ...] = ()

    @property
    def kafka(self) -> tuple[str, ...]:
        return self._kafka.addresses

    def dsn(self, service: str) -> str:
        return self._postgres.dsn(service, service)

    def admin_dsn(self) -> str:
        return self._postgres.dsn(ADMIN, "postgres")

    def add_database(self, name: str) -> str:
        provide(self.admin_dsn(), [name], self._passwords.of)
        return self.dsn(name)

    def fetch(self, report: Report = SILENT) -> None:
        self._kafka.fetch(report)

    def start(self, report: Report = SILENT, within: float = 120.0) -> None:
        deadline = time.monotonic() + within
        while not self._lock.take():
            if self._record.ready and self._lock.owner():
                return report.step("Attached to the stack that already runs here")
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"process {self._lock.owner()} still starts this stack after {within:.0f} s"
                )
            time.sleep(0.1)
        try:
            self._start_owned(report)
        except BaseException:
            self.stop()
            raise

    def _start_owned(self, report: Report) -> None:
        self._record.end_leftovers()
        self.fetch(report)
        report.step("Starting PostgreSQL 18 and Apache Kafka 4.3")
        with ThreadPoolExecutor(2) as pool:
            for prepared in [pool.submit(self._postgres.prepare), pool.submit(self._kafka.prepare)]:
                prepared.result()
        self.parts = (self._postgres.part(), self._kafka.part())
        start_all(self.parts, spawned=lambda: self._record.write(self.parts, ready=False))
        provide(self.admin_dsn(), SERVICES, self._passwords.of)
        self.remember()

    def remember(self) -> None:
        """Which processes are ours, for whoever has to clean up after us and for `status`."""
        self._record.write(self.parts, ready=True)

    def stop(self) -> None:
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.stop()
        if self.parts:
            self._record.clear()
        self.parts = ()
        self._lock.release()

    def status(self) -> list[PartStatus]:
        return self._record.status()
