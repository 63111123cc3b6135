"""The same two servers in containers, for machines with Docker; they end with the process that started them."""

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from infra.broker import blocking, groups_work
from infra.home import Home
from infra.services import GROUPS
from infra.stack.base import PartStatus
from infra.stack.owned import ADMIN, OwnedStack
from infra.stack.reports import SILENT, Report
from infra.stack.waiting import accepts, until

if TYPE_CHECKING:
    from testcontainers.core.container import DockerContainer

PARTS = ("postgres", "kafka")
POSTGRES_IMAGE = "postgres:18.4"
KAFKA_IMAGE = "apache/kafka:4.3.1"
DATABASE = "postgres -c wal_level=logical -c max_connections=200 -c idle_in_transaction_session_timeout=5s"
BROKER = {
    "KAFKA_NODE_ID": "1",
    "KAFKA_PROCESS_ROLES": "broker,controller",
    "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
    "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
    "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
    "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "4",
    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    "KAFKA_MESSAGE_MAX_BYTES": "2097152",
    "KAFKA_LOG_DIRS": "/var/lib/kafka/data",
}


class ContainersStack(OwnedStack):
    kind = "containers"

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._containers: list[DockerContainer] = []

    def fetch(self, report: Report = SILENT) -> None:
        """Docker fetches the images when they are started."""

    def _start_owned(self, report: Report) -> None:
        report.step(f"Starting {POSTGRES_IMAGE} and {KAFKA_IMAGE} in containers")
        for part in PARTS:
            self._ports.renew_if_taken(part)
        self._containers = [self._database(), self._broker()]
        for container in self._containers:
            container.start()
        until(lambda: accepts(self.admin_dsn()), "PostgreSQL's container", within=120)
        until(lambda: blocking(groups_work(self.kafka, GROUPS)), "Kafka's container", within=120)

    def _database(self) -> "DockerContainer":
        from testcontainers.core.container import DockerContainer

        container = DockerContainer(POSTGRES_IMAGE).with_command(DATABASE)
        container.with_envs(POSTGRES_USER=ADMIN, POSTGRES_PASSWORD=self._passwords.of(ADMIN))
        container.with_bind_ports(5432, self._ports.of("postgres"))
        return container.with_volume_mapping(self._volume("postgres"), "/var/lib/postgresql", "rw")

    def _broker(self) -> "DockerContainer":
        from testcontainers.core.container import DockerContainer

        address = f"PLAINTEXT://{self.kafka[0]}"
        container = DockerContainer(KAFKA_IMAGE).with_envs(**BROKER, KAFKA_ADVERTISED_LISTENERS=address)
        container.with_bind_ports(9092, self._ports.of("kafka"))
        return container.with_volume_mapping(self._volume("kafka"), "/var/lib/kafka/data", "rw")

    def _volume(self, part: str) -> str:
        return f"lumbung-{self.home.id}-{part}"

    def _stop_owned(self) -> None:
        for container in self._containers:
            container.stop()
        if self._containers:
            self._record.clear()
        self._containers = []

    def status(self) -> list[PartStatus]:
        ports = {part: self._ports.of(part) for part in PARTS}
        return [PartStatus(part, _state(port), f"127.0.0.1:{port}") for part, port in ports.items()]


def _state(port: int) -> str:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return "running"
    return "stopped"
