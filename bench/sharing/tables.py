"""The kept results as tables: printed after a run, and pasted into the manual."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.sharing.compare import as_table
from bench.sharing.floors import shown as as_floors
from bench.sharing.manipulation import pivoted
from bench.sharing.misses import walled
from bench.sharing.openings import by_villages
from bench.sharing.policies import shown as as_policies
from bench.sharing.summary import means, summary
from bench.sharing.targets import matrix

Rows = list[dict[str, Any]]
Table = tuple[str, Callable[[Any], Rows]]
PUBLISHED = "50 middle"
LARGEST = 50


def _sizes(kept: Rows) -> Rows:
    return [
        {k: v for k, v in row.items() if k not in ("trace", "steps", "decline", "statistics")} for row in kept
    ]


def _steps(kept: Rows) -> Rows:
    return [{"lots": row["lots"], "orders": row["orders"], **row["steps"]} for row in kept]


def _large(kept: Rows) -> Rows:
    return [
        {"lots": row["lots"], "orders": row["orders"], "what it is like": row["statistics"]} for row in kept
    ]


def _supply(kept: Rows) -> Rows:
    return [
        {"world": row["world"], "what it is like": row["statistics"], "seconds": row["took s"]}
        for row in kept
    ]


def _decline(kept: Rows) -> Rows:
    return [{"lots": row["lots"], "orders": row["orders"], **row["decline"]} for row in kept]


def _as_kept(kept: Rows) -> Rows:
    return kept


# Of each file of results: its tables, and whether they stand in the manual too.
TABLES: dict[str, list[tuple[str, Callable[[Any], Rows], bool]]] = {
    "sizes": [
        ("The large days", _large, False),
        ("One sharing, the fastest of three", _sizes, True),
        ("CPU seconds of each step", _steps, True),
        ("One decline: CPU ms of each step", _decline, True),
    ],
    "worlds": [
        ("The worlds", _supply, False),
        ("60 days under every rule: median over seeds (lowest - highest)", summary, False),
        (
            "50 villages, 12 orders and 4 t a day (`50 middle`), 60 days: mean of the seeds",
            lambda kept: means(kept, PUBLISHED),
            True,
        ),
        ("Targets: median over seeds (seeds that meet it); bold where most miss it", matrix, True),
    ],
    "policies": [
        (
            "What the policy buys (seed 1): cost, and fairness in parts of cheapest first's",
            as_policies,
            False,
        ),
        (
            "What the policy buys with 50 villages (seed 1): cost, and fairness in parts of cheapest first's",
            lambda kept: as_policies([row for row in kept if row["villages"] == LARGEST]),
            True,
        ),
    ],
    "floors": [("Villages' imbalance where few villages miss its target, in kg a village", as_floors, True)],
    "openings": [("Choice of villages against the exact optimum, one day", by_villages, True)],
    "declines": [("After answers: reshared, or all shared anew", _as_kept, True)],
    "manipulation": [("Does lying pay?", pivoted, True)],
}


def printed(name: str, kept: Any, pasted: bool = False) -> list[str]:
    lines: list[str] = []
    for title, made, in_manual in TABLES[name]:
        rows = made(kept)
        if rows and (in_manual or not pasted):
            lines += ["", f"### {title}", "", *as_table(rows)]
    return lines


def walls(results: Path) -> list[str]:
    """Of the kept results: each missed target beside its wall."""
    files = [results / f"sharing-{name}.json" for name in ("worlds", "policies")]
    if not all(file.exists() for file in files):
        return []
    rows = walled(*(json.loads(file.read_text(encoding="utf-8")) for file in files))
    return ["", "### Missed targets and their walls", "", *as_table(rows)] if rows else []
