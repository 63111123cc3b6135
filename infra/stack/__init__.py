"""One PostgreSQL and one Kafka behind one small interface, whichever of the three ways they are run."""

import os
from importlib import import_module
from pathlib import Path

from infra.home import Home
from infra.stack.base import PartStatus, Stack
from infra.stack.part import Part, StartFailed
from infra.stack.reports import SILENT, Report

__all__ = ["KINDS", "SILENT", "Part", "PartStatus", "Report", "Stack", "StartFailed", "open_stack"]

KINDS = {"embedded": "EmbeddedStack", "containers": "ContainersStack", "external": "ExternalStack"}


def open_stack(home: Path, kind: str | None = None) -> Stack:
    """Nothing starts yet; `start()` starts or attaches."""
    kind = kind or os.environ.get("LUMBUNG_STACK") or "embedded"
    if kind not in KINDS:
        raise RuntimeError(f"LUMBUNG_STACK is {kind!r}; it may be one of {', '.join(KINDS)}")
    module = import_module(f"infra.stack.{kind}")
    stack: Stack = getattr(module, KINDS[kind])(Home(home.resolve()))
    return stack
