"""Brings each service's database to the code's revision, all at once, and remembers which code did it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from infra.files import last_lines, read_json, write_json
from infra.home import CHECKOUT, Home
from infra.services import SERVICES
from infra.stack import Stack, StartFailed

SHARED = (CHECKOUT / "services" / "chassis" / "migration.py", CHECKOUT / "services" / "chassis" / "tables.py")


def migrate(home: Home, stack: Stack, services: Iterable[str] = SERVICES) -> None:
    running = {service: _started(home, stack, service) for service in services}
    for service, process in running.items():
        if process.wait():
            log = home.log(f"migrate-{service}")
            raise StartFailed(
                f"migrations of {service}", last_lines(log, 1)[0] if last_lines(log) else "failed", log
            )
        _remember(home, stack, service)


def outdated(home: Home, stack: Stack) -> list[str]:
    known = read_json(_memory(home))
    return [service for service in SERVICES if known.get(service) != _fingerprint(stack, service)]


def _started(home: Home, stack: Stack, service: str) -> "subprocess.Popen[bytes]":
    with home.log(f"migrate-{service}").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "services.migrate", service],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "LUMBUNG_DATABASE_URL": stack.dsn(service)},
            cwd=CHECKOUT,
        )


def _memory(home: Home) -> Path:
    return home.root / "migrated.json"


def _remember(home: Home, stack: Stack, service: str) -> None:
    write_json(_memory(home), read_json(_memory(home)) | {service: _fingerprint(stack, service)})


def _fingerprint(stack: Stack, service: str) -> str:
    """Of the code and of the database's address: another cluster starts empty."""
    files = sorted((CHECKOUT / "services" / service / "migrations").rglob("*.py"))
    text = stack.kind.encode() + b"".join(file.read_bytes() for file in (*files, *SHARED) if file.exists())
    address = stack.dsn(service).rpartition("@")[2] if stack.kind != "embedded" else ""
    return hashlib.sha256(text + address.encode()).hexdigest()
