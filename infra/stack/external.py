"""PostgreSQL and Kafka that somebody else runs: nothing is started, only roles and databases are provided."""

import os
from urllib.parse import quote, urlsplit

from infra.broker import blocking, groups_work
from infra.home import Home
from infra.passwords import Passwords
from infra.services import GROUPS, SERVICES
from infra.stack.base import PartStatus
from infra.stack.databases import provide
from infra.stack.part import Part
from infra.stack.reports import SILENT, Report
from infra.stack.waiting import accepts, until

PATIENCE = 60.0


class ExternalStack:
    """`LUMBUNG_POSTGRES`: an address with a role that may create roles and databases; `LUMBUNG_KAFKA`: host:port,..."""

    kind = "external"
    parts: tuple[Part, ...] = ()

    def __init__(self, home: Home) -> None:
        self.home = home.make()
        self._admin = _needed("LUMBUNG_POSTGRES")
        self.kafka = tuple(filter(None, _needed("LUMBUNG_KAFKA").split(",")))
        self._passwords = Passwords(home.root / "passwords.json")

    def dsn(self, service: str) -> str:
        place = urlsplit(self._admin)
        login = f"{service}:{quote(self._passwords.of(service), safe='')}"
        return f"postgresql://{login}@{place.hostname}:{place.port or 5432}/{service}"

    def admin_dsn(self) -> str:
        return self._admin

    def add_database(self, name: str) -> str:
        provide(self._admin, [name], self._passwords.of)
        return self.dsn(name)

    def fetch(self, report: Report = SILENT) -> None:
        """There is nothing to fetch."""

    def start(self, report: Report = SILENT) -> None:
        report.step(
            f"Using PostgreSQL at {urlsplit(self._admin).hostname} and Kafka at {', '.join(self.kafka)}"
        )
        until(lambda: accepts(self._admin), "LUMBUNG_POSTGRES", PATIENCE)
        until(lambda: blocking(groups_work(self.kafka, GROUPS)), "LUMBUNG_KAFKA", PATIENCE)
        provide(self._admin, SERVICES, self._passwords.of)

    def remember(self) -> None:
        """There are no processes of ours."""

    def stop(self) -> None:
        """It goes on: it is not ours."""

    def status(self) -> list[PartStatus]:
        database = "running" if accepts(self._admin) else "stopped"
        broker = "running" if blocking(groups_work(self.kafka, GROUPS)) else "stopped"
        place = urlsplit(self._admin)
        return [
            PartStatus("postgres", database, f"{place.hostname}:{place.port or 5432}"),
            PartStatus("kafka", broker, ",".join(self.kafka)),
        ]


def _needed(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"LUMBUNG_STACK=external needs the address in {name}")
    return value
