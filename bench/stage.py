"""Where everything is measured: the embedded stack in a home of its own, empty databases, real processes."""

import asyncio
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from alembic import command

from infra.broker import admin, blocking
from infra.home import CHECKOUT, Home
from infra.ports import Ports
from infra.stack import Part, Stack, open_stack
from infra.stack.part import LAUNCHER
from infra.topics import described, provision
from services.chassis.tokens import SigningKey, write_key_set
from services.migrate import config

START_S = 60
RUN_S = 180


@dataclass(frozen=True)
class Stage:
    home: Home
    stack: Stack
    key: SigningKey

    @property
    def kafka(self) -> tuple[str, ...]:
        return self.stack.kafka

    def database(self, service: str, name: str) -> str:
        """The address of an empty database of the service, at the code's revision."""
        url = self.stack.add_database(f"bench_{name}")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        os.environ["LUMBUNG_DATABASE_URL"] = url
        command.upgrade(config(service), "head")
        return url

    def as_admin(self, url: str) -> str:
        """The same database, for the role that may do everything."""
        return f"{self.stack.admin_dsn().rpartition('/')[0]}/{url.rpartition('/')[2]}"

    def empty_topics(self) -> None:
        """The marketplace's topics, as in production, without a message."""
        topics = described()
        blocking(_delete(self.kafka, [topic.name for topic in topics]))
        provision(self.kafka, topics)

    @asynccontextmanager
    async def serving(self, service: str, url: str, name: str, **settings: str) -> AsyncIterator["Served"]:
        """One replica of a service as a process, ready, on that database."""
        part = self.part(name, ["services.run", service], url, settings)
        began = time.monotonic()
        part.spawn()
        try:
            await answers(part)
            yield Served(part, time.monotonic() - began)
        finally:
            part.stop()

    def part(self, name: str, module: list[str], url: str, settings: dict[str, str]) -> Part:
        port = Ports(self.home.root / "ports.json").renew_if_taken(name)
        told = {
            "database_url": url,
            "kafka": ",".join(self.kafka),
            "keys": str(self.home.key_set),
            "http_port": str(port),
            "requests_per_minute": "100000000",
            "stack": "embedded",
            **settings,
        }
        return Part(
            name=name,
            address=f"127.0.0.1:{port}",
            command=lambda: [sys.executable, "-m", *module],
            log=self.home.log(name),
            answers=lambda: _is_ready(f"http://127.0.0.1:{port}/health/ready"),
            env={f"LUMBUNG_{key.upper()}": value for key, value in told.items()},
            folder=CHECKOUT,
        )


@dataclass(frozen=True)
class Served:
    part: Part
    ready_after: float

    @property
    def pid(self) -> int:
        assert self.part.process is not None
        return self.part.process.pid


async def answers(part: Part) -> None:
    """Wait until it does, or say what its log says."""
    deadline = time.monotonic() + START_S
    while not await asyncio.to_thread(part.answers):
        if not part.running or time.monotonic() > deadline:
            raise RuntimeError(f"{part.name} does not answer: see {part.log}")
        await asyncio.sleep(0.02)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


async def _delete(kafka: tuple[str, ...], names: list[str]) -> None:
    async with admin(kafka) as client:
        known = set(await client.list_topics()) & set(names)
        if known:
            await client.delete_topics(sorted(known))
        while known & set(await client.list_topics()):
            await asyncio.sleep(0.1)


async def in_process(function: str, **told: Any) -> Any:
    """Run `module:function` in a process of its own, as a service would run, and take its answer."""
    launcher = [str(LAUNCHER), str(os.getpid()), str(int(signal.SIGKILL)), "-1", "-1"]  # dies with us
    worker = [sys.executable, "-m", "bench.worker", function, json.dumps(told)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", *launcher, *worker, stdout=asyncio.subprocess.PIPE, cwd=CHECKOUT
    )
    try:
        async with asyncio.timeout(RUN_S):
            out, _ = await process.communicate()
    except BaseException:
        process.kill()
        raise
    if process.returncode:
        raise RuntimeError(f"{function} ended with {process.returncode}")
    return json.loads(out.splitlines()[-1])


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """PostgreSQL and Kafka as `lumbung up` starts them; stopped at the end."""
    home = Home(folder.resolve()).make()
    stack = open_stack(home.root)
    stack.start()
    try:
        key = SigningKey.new()
        write_key_set(home.key_set, [key])
        yield Stage(home, stack, key)
    finally:
        stack.stop()
