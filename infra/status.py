"""How each part of a running home is doing: what `lumbung status` shows."""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from infra.home import Home
from infra.services import SERVICES
from infra.stack import PartStatus, open_stack
from infra.stack.leftovers import Record


@dataclass(frozen=True)
class Row:
    part: str
    state: str
    address: str
    pid: int | None
    memory_mb: int
    lag: int | None = None
    outbox_age_s: float | None = None
    parked: int | None = None
    put_off: int | None = None
    because: str = ""

    @property
    def well(self) -> bool:
        return self.state in ("running", "ready")


def rows(home: Home) -> list[Row]:
    programs = Record(home.root / "services.json").status()
    with ThreadPoolExecutor(8) as pool:
        return [*map(_plain, open_stack(home.root).status()), *pool.map(_row, programs)]


def _plain(part: PartStatus) -> Row:
    return Row(part.name, part.state, part.address, part.pid, part.memory // 1_000_000)


def _row(part: PartStatus) -> Row:
    row = _plain(part)
    if not row.well or part.name.partition(".")[0] not in SERVICES:
        return row
    return _with_health(row, _health(part.address))


def _with_health(row: Row, health: dict[str, Any]) -> Row:
    return Row(
        part=row.part,
        state="ready" if health.get("ready") else "not ready",
        address=f"http://{row.address}",
        pid=row.pid,
        memory_mb=row.memory_mb,
        lag=health.get("lag"),
        outbox_age_s=health.get("outbox_age_s"),
        parked=health.get("parked"),
        put_off=health.get("put_off"),
        because="; ".join(health.get("because", ["does not answer"])),
    )


def _health(address: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"http://{address}/health/ready", timeout=5) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as unwell:
        return _said_by(unwell)
    except (OSError, ValueError):
        return {}


def _said_by(unwell: urllib.error.HTTPError) -> dict[str, Any]:
    """A service that is not ready answers 503, and why."""
    try:
        return dict(json.load(unwell))
    except ValueError:
        return {}
