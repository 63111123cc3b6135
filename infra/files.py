"""Files that are either the old or the new text, never half of one; and logs that do not grow for ever."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.chassis.logs import readable

LOG_LIMIT = 10_000_000
LOGS_KEPT = 3


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return content


def write_json(path: Path, content: Mapping[str, object], mode: int = 0o644) -> None:
    write_whole(path, json.dumps(content, indent=1) + "\n", mode)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """One at a time, threads and processes, from reading a file to writing it."""
    with path.with_name(f"{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def rotate(log: Path, limit: int = LOG_LIMIT) -> None:
    """Copies and empties, because the writer keeps its open file (opened for appending)."""
    if not log.exists() or log.stat().st_size < limit:
        return
    for number in range(LOGS_KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)


def last_lines(log: Path, count: int = 12) -> list[str]:
    """Its end as people read it."""
    if not log.exists():
        return []
    with log.open("rb") as file:
        file.seek(start := max(0, log.stat().st_size - 64_000))
        lines = file.read().decode(errors="replace").splitlines()
    whole = lines[1:] if start else lines
    return "\n".join(map(readable, whole[-count:])).splitlines()[-count:]
