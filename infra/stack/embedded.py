"""The embedded stack: PostgreSQL and Kafka as processes of ours."""

from infra.home import Home
from infra.stack.kafka import Kafka
from infra.stack.owned import ADMIN, OwnedStack
from infra.stack.postgres import Postgres
from infra.stack.reports import SILENT, Report
from infra.stack.starting import prepare_all


class EmbeddedStack(OwnedStack):
    kind = "embedded"

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._postgres = Postgres(home, self._ports, self._passwords.of(ADMIN))
        self._kafka = Kafka(home, self._ports)

    def fetch(self, report: Report = SILENT) -> None:
        self._kafka.fetch(report)

    def _start_owned(self, report: Report) -> None:
        report.step("Starting PostgreSQL 18 and Apache Kafka 4.3")
        prepare_all(self._postgres.prepare, self._kafka.prepare)
        self._start_parts(self._postgres.part(self.admin_dsn), self._kafka.part())
