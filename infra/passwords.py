"""One generated password per database role, in a file only its owner can read, unless the environment sets it."""

import os
import secrets
from pathlib import Path

from infra.files import read_json, write_json


class Passwords:
    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, role: str) -> str:
        given = os.environ.get(f"LUMBUNG_PASSWORD_{role.upper()}")
        return given or self._generated(role)

    def _generated(self, role: str) -> str:
        known = read_json(self._file)
        if role not in known:
            known[role] = secrets.token_urlsafe(24)
            write_json(self._file, known, mode=0o600)
        return str(known[role])
