"""Where one stack keeps its state: a folder, `.lumbung` in the checkout unless LUMBUNG_HOME names another."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Home:
    root: Path

    @classmethod
    def chosen(cls) -> "Home":
        named = os.environ.get("LUMBUNG_HOME")
        return cls(Path(named).resolve() if named else CHECKOUT / ".lumbung")

    def make(self) -> "Home":
        for folder in (self.root, self.logs, self.keys):
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        return self

    @property
    def id(self) -> str:
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def key_set(self) -> Path:
        return self.keys / "jwks.json"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def people(self) -> Path:
        return self.root / "people.json"

    def log(self, part: str) -> Path:
        return self.logs / f"{part}.log"
