"""Ways to break a copy of the contract."""

import json
from collections.abc import Callable
from pathlib import Path

from infra.contracts.contract import Json

PLACED = "orders.placed.v1"


def edit(path: Path, change: Callable[[Json], object]) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")


def line(schema: Json) -> Json:
    fields: Json = schema["properties"]["lines"]["items"]
    return fields


def rename_the_code(schema: Json) -> None:
    schema["properties"]["short"] = schema["properties"].pop("code")
    schema["required"][schema["required"].index("code")] = "short"
