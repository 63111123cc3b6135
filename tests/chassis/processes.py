"""Replicas of the probe services as real processes, which can be killed, frozen and asked to stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.harness.stack import CHECKOUT
from tests.harness.until import until

START_S = 60
STOP_S = 5


def free_port() -> int:
    with socket.socket() as unbound:
        unbound.bind(("127.0.0.1", 0))
        return int(unbound.getsockname()[1])


@dataclass
class Replica:
    """One process of a probe service."""

    service: str
    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ended(self, within: float = 60) -> int:
        """Its exit code, once it has ended."""
        await until(lambda: self.process.poll() is not None, within, f"{self.service} has ended")
        return int(self.process.returncode)

    async def health(self, what: str) -> tuple[int, dict[str, Any]]:
        """Status and body of `/health/live` or `/health/ready`; 0 while it does not answer."""
        try:
            async with httpx.AsyncClient(base_url=self.url, timeout=10) as client:
                answer = await client.get(f"/health/{what}")
        except httpx.TransportError:
            return 0, {}
        return answer.status_code, answer.json()

    async def ready(self, within: float = START_S) -> "Replica":
        async def asked() -> bool:
            assert self.process.poll() is None, self.log.read_text()[-3_000:]
            return (await self.health("ready"))[0] == 200

        await until(asked, within, f"{self.service} is ready")
        return self


@dataclass
class Processes:
    """Starts replicas on one pair of databases and one broker, and ends them all."""

    folder: Path
    databases: dict[str, str]
    kafka: tuple[str, ...]
    settings: dict[str, str] = field(default_factory=dict)
    started: list[Replica] = field(default_factory=list)

    def start(self, service: str, *arming: str, **settings: str) -> Replica:
        """A new replica, not yet ready. `settings` are `LUMBUNG_` ones."""
        port, log = free_port(), self.folder / f"{service}-{len(self.started)}.log"
        told = {
            "database_url": self.databases[service],
            "kafka": ",".join(self.kafka),
            "http_port": str(port),
            "keys": str(self.folder / "keys.json"),
            "clock": str(self.folder / "clock"),
            "stack": "embedded",
            "requests_per_minute": "1000000",
            **settings,
        }
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.chassis.launch", service, *arming],
                env={**os.environ, **{f"LUMBUNG_{name.upper()}": value for name, value in told.items()}},
                stdout=file,
                stderr=file,
                cwd=CHECKOUT,
            )
        replica = Replica(service, port, log, process)
        self.started.append(replica)
        return replica

    def end_all(self) -> None:
        """Ask all to stop, so that they leave their group at once; kill what does not."""
        running = [replica for replica in self.started if replica.process.poll() is None]
        for replica in running:
            replica.thaw()
            replica.ask_to_stop()
        for replica in running:
            with suppress(subprocess.TimeoutExpired):
                replica.process.wait(STOP_S)
            replica.kill()


@contextmanager
def processes(folder: Path, databases: dict[str, str], kafka: tuple[str, ...]) -> Iterator[Processes]:
    running = Processes(folder, databases, kafka)
    try:
        yield running
    finally:
        running.end_all()
