"""What is parked, as operators read it: a table, one event in full, and what was done about its key."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from lumbung.screen import colour, console

COLUMNS = ("service", "key", "version", "type", "parked at", "tries", "id", "cause")
LONGEST_VALUE = 4_000
Told = Mapping[str, Any]


def table(rows: Sequence[Told], total: int) -> None:
    shown = Table(*COLUMNS, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        name = row["service"]
        cells = [
            row["key"],
            row["version"],
            row["type"],
            row["parked_at"],
            row["tries"],
            row["id"],
            row["cause"],
        ]
        shown.add_row(f"[{colour(name)}]{name}[/]", *[_cell(one) for one in cells])
    if rows:
        console.print(shown)
    left = f", {total - len(rows)} more not shown" if total > len(rows) else ""
    console.print(f"{total} parked{left}", style="dim")


def event(row: Told, history: Sequence[Told]) -> None:
    """All that is known of one event, its original decoded as far as that goes."""
    original = row["original"]
    for name in (
        "service",
        "id",
        "topic",
        "key",
        "type",
        "version",
        "event_id",
        "cause",
        "tries",
        "parked_at",
    ):
        console.print(f"[bold]{name:<10}[/] {_cell(row[name])}", soft_wrap=True)
    console.print(f"[bold]{'place':<10}[/] {row['topic']}/{row['partition']}/{row['record_offset']}")
    for name, value in original["headers"]:
        console.print(f"[bold]header[/]     {escape(name)}: {escape(_text(value))}", soft_wrap=True)
    value = row["value"].decode(errors="backslashreplace") if original["has_value"] else "(none)"
    console.print(f"[bold]{'value':<10}[/] {escape(value[:LONGEST_VALUE])}", soft_wrap=True)
    for done in history:
        console.print(_done(done), soft_wrap=True)


def plain(row: Told) -> dict[str, Any]:
    """For programs: ids and times as text, bytes in base64."""
    return {name: _as_json(value) for name, value in row.items()}


def _done(done: Told) -> str:
    what = f"{done['action']} version {_cell(done['version'])} by {done['who']}"
    return f"[bold]{_cell(done['at']):<10}[/] {escape(what)}: {escape(done['why'] or 'no reason given')}"


def _cell(value: object) -> str:
    if value is None:
        return "?"
    return f"{value:%Y-%m-%d %H:%M:%S}" if hasattr(value, "year") else escape(str(value)[:300])


def _text(encoded: str | None) -> str:
    return "(none)" if encoded is None else base64.b64decode(encoded).decode(errors="backslashreplace")


def _as_json(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return (
        value
        if value is None or isinstance(value, int | str | dict)
        else json.loads(json.dumps(value, default=str))
    )
