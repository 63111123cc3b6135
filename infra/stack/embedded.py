"""The embedded stack: PostgreSQL and Kafka as processes of ours."""

from concurrent.futures import ThreadPoolExecutor

from infra.home import Home
from infra.services import SERVICES
from infra.stack.base import PartStatus
from infra.stack.databases import provide
from infra.stack.kafka import Kafka
from infra.stack.owned import ADMIN, OwnedStack
from infra.stack.postgres import Postgres
from infra.stack.reports import SILENT, Report
from infra.stack.starting import start_all


class EmbeddedStack(OwnedStack):
    kind = "embedded"

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._postgres = Postgres(home, self._ports, self._passwords.of(ADMIN))
        self._kafka = Kafka(home, self._ports)

    def fetch(self, report: Report = SILENT) -> None:
        self._kafka.fetch(report)

    def _start_owned(self, report: Report) -> None:
        self._record.end_leftovers()
        self.fetch(report)
        report.step("Starting PostgreSQL 18 and Apache Kafka 4.3")
        with ThreadPoolExecutor(2) as pool:
            for prepared in [pool.submit(self._postgres.prepare), pool.submit(self._kafka.prepare)]:
                prepared.result()
        self.parts = (self._postgres.part(self.admin_dsn), self._kafka.part())
        start_all(self.parts, spawned=lambda: self._record.write(self.parts, ready=False))
        provide(self.admin_dsn(), SERVICES, self._passwords.of)
        self.remember()

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
