"""One PostgreSQL and one Kafka behind one small interface, whichever of the three ways they are run."""

import os
from pathlib import Path

from infra.home import Home
from infra.stack.base import PartStatus, Stack
from infra.stack.part import Part, StartFailed
from infra.stack.reports import Report, Silent

__all__ = ["KINDS", "Part", "PartStatus", "Report", "Silent", "Stack", "StartFailed", "open_stack"]

KINDS = ("embedded", "containers", "external")


def open_stack(home: Path, kind: str | None = None) -> Stack:
    """Nothing starts yet; `start()` starts or attaches."""
    kind = kind or os.environ.get("LUMBUNG_STACK") or "embedded"
    if kind == "embedded":
        from infra.stack.embedded import EmbeddedStack

        return EmbeddedStack(Home(home.resolve()))
    raise ValueError(f"LUMBUNG_STACK is {kind!r}; it may be one of {', '.join(KINDS)}")
