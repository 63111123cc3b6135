"""One generated password per database role, in a file only its owner can read, unless the environment sets it."""

import os
import secrets
from pathlib import Path

from infra.files import alone_with, read_json, write_json


class Passwords:
    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, role: str) -> str:
        given = os.environ.get(f"LUMBUNG_PASSWORD_{role.upper()}")
        return given or self._generated(role)

    def _generated(self, role: str) -> str:
        known = read_json(self._file)
        return str(known[role]) if role in known else self._made(role)

    def _made(self, role: str) -> str:
        with alone_with(self._file):
            known = {role: secrets.token_urlsafe(24)} | read_json(self._file)
            write_json(self._file, known, mode=0o600)
        return str(known[role])
