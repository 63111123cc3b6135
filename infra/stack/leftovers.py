"""The processes of a stack on record: for `status`, and to end what a killed owner left behind."""

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

from infra.files import read_json, write_json
from infra.stack.base import PartStatus
from infra.stack.part import Part, memory_of

PATIENCE = 15.0


class Record:
    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def ready(self) -> bool:
        return bool(read_json(self._file).get("ready"))

    def write(self, parts: Iterable[Part], ready: bool) -> None:
        entries = {part.name: _entry(part.process.pid, part.address) for part in parts if part.process}
        write_json(self._file, {"ready": ready, "parts": entries})

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def status(self) -> list[PartStatus]:
        return [_status(name, entry) for name, entry in self._entries().items()]

    def end_leftovers(self) -> None:
        """They were told to end when their owner died; those that do not are killed."""
        alive = [process for entry in self._entries().values() if (process := _process(entry))]
        _, stubborn = psutil.wait_procs(alive, PATIENCE)
        for process in stubborn:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(stubborn, PATIENCE)
        self.clear()

    def _entries(self) -> dict[str, Any]:
        entries: dict[str, Any] = read_json(self._file).get("parts", {})
        return entries


def _entry(pid: int, address: str) -> dict[str, object]:
    try:
        born = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        born = time.time()
    return {"pid": pid, "born": born, "address": address}


def _process(entry: dict[str, Any]) -> psutil.Process | None:
    """A process id alone may since belong to another program."""
    try:
        process = psutil.Process(entry["pid"])
        same = abs(process.create_time() - entry["born"]) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def _status(name: str, entry: dict[str, Any]) -> PartStatus:
    process = _process(entry)
    if process is None:
        return PartStatus(name, "stopped", entry["address"])
    return PartStatus(name, "running", entry["address"], process.pid, memory_of(process.pid))
