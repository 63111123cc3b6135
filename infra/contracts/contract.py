"""Reads the files of the contract: schemas, released copies, examples, asyncapi.yaml."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: ten times quicker."""
TYPE = re.compile(r"(?P<family>[a-z]+\.[a-z_]+)\.v(?P<number>[1-9][0-9]*)")


@dataclass(frozen=True)
class Contract:
    """The contract as it lies in a checkout (or, in a test, in a copy of one)."""

    root: Path

    @property
    def schemas(self) -> Path:
        return self.root / "schemas" / "events"

    @property
    def released(self) -> Path:
        return self.root / "schemas" / "released"

    @property
    def examples(self) -> Path:
        return self.root / "schemas" / "examples"

    @property
    def overview(self) -> Path:
        return self.root / "docs" / "events.md"

    def asyncapi(self) -> Json:
        text = (self.root / "schemas" / "asyncapi.yaml").read_text(encoding="utf-8")
        document: Json = yaml.load(text, LOADER)  # noqa: S506 (both loaders are the safe one)
        return document

    def examples_of(self, event_type: str) -> dict[str, Json]:
        """The examples of an event type by the name of their story."""
        return read_all(self.examples / event_type)


def read_all(folder: Path) -> dict[str, Json]:
    """Every JSON file of a folder by its name without `.json`; none where there is no folder."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


HERE = Contract(Path(__file__).resolve().parents[2])
