"""A stack of the suite's own: PostgreSQL and one or three brokers, each behind a link where links are wanted."""

import shutil

from infra.home import Home
from infra.stack.owned import ADMIN, OwnedStack
from infra.stack.part import Part
from infra.stack.postgres import OUTSIDE, Postgres
from infra.stack.reports import SILENT, Report
from infra.stack.starting import prepare_all
from infra.stack.users import database_user
from tests.faults.ground.brokers import Cluster
from tests.faults.ground.small_disk import SmallDisk

LINK = "postgres.link"


class FaultStack(OwnedStack):
    """`kafka` and `dsn` are direct; `linked_kafka` and `linked_dsn` go through the links."""

    kind = "embedded"

    def __init__(self, home: Home, brokers: int = 1, small_disk: bool = False) -> None:
        super().__init__(home)
        self._postgres = Postgres(home, self._ports, self._passwords.of(ADMIN))
        self.cluster = Cluster(home, self._ports, brokers)
        self._postgres.user = database_user()
        self.disk = SmallDisk(self._postgres._folder)
        self._small_disk = small_disk

    @property
    def kafka(self) -> tuple[str, ...]:
        return self.cluster.addresses("plain")

    @property
    def linked_kafka(self) -> tuple[str, ...]:
        return self.cluster.addresses("link")

    def linked_dsn(self, service: str) -> str:
        return self.dsn(service).replace(f":{self._ports.of('postgres')}/", f":{self._ports.of(LINK)}/")

    @property
    def links(self) -> dict[str, tuple[int, int]]:
        """Name of each link: the port it listens on, and the port behind it."""
        kafka = {
            f"kafka.{node}": (self.cluster.port(node, "link"), self.cluster.port(node, "behind"))
            for node in self.cluster.nodes
        }
        return {"postgres": (self._ports.of(LINK), self._ports.of("postgres")), **kafka}

    def fetch(self, report: Report = SILENT) -> None:
        self.cluster.fetch(report)

    def _start_owned(self, report: Report) -> None:
        self._ports.renew_if_taken(LINK)
        if self._small_disk:
            self.disk.mount()
        prepare_all(self._postgres.prepare, self.cluster.prepare)
        self._start_parts(self._postgres.part(self.admin_dsn), *self.cluster.parts(), within=180)

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def _stop_owned(self) -> None:
        super()._stop_owned()
        self.disk.unmount()


def forget(home: Home) -> None:
    """What an earlier run left in this home, and outside of it where the home is closed to PostgreSQL's user."""
    for folder in (home.root / "postgres", OUTSIDE / home.id / "postgres"):
        if folder.is_mount():
            SmallDisk(folder, mounted=True).unmount()
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(home.root, ignore_errors=True)
