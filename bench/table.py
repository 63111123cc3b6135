"""The one table: printed, and pasted into docs/performance.md between its marks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Figure, Goal

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = ("figure", "measured, median (lowest - highest)", "ratio", "goal", "")


def rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    return [row for figure in figures for row in _rows(figure)]


def _rows(figure: Figure) -> list[tuple[str, ...]]:
    measured = "; ".join(f"{name} {spread(values)}" for name, values in figure.samples.items())
    note = f" ({figure.note})" if figure.note else ""
    first = f"{figure.name}, {figure.unit}", f"{measured}{note}"
    judged = [_judged(goal, figure.samples) for goal in figure.goals] or [("", "reported", "")]
    return [(*first, *judged[0]), *[("", "", *more) for more in judged[1:]]]


def _judged(goal: Goal, samples: Mapping[str, Sequence[float]]) -> tuple[str, str, str]:
    found = spread(goal.ratios(samples))
    return f"{goal.of}: {found}", str(goal), "met" if goal.is_met(samples) else "**missed**"


def spread(values: Sequence[float]) -> str:
    if len(values) == 1:
        return _digits(values[0])
    return f"{_digits(median(values))} ({_digits(min(values))} - {_digits(max(values))})"


def _digits(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def markdown(figures: Sequence[Figure]) -> str:
    table = [HEAD, tuple("---" for _ in HEAD), *rows(figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in table)


def stored(folder: Path) -> list[Figure]:
    """What the runs kept, one file per part."""
    return [_figure(one) for file in sorted(folder.glob("bench-*.json")) for one in _parts(file)]


def _parts(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["figures"]
    return found


def _figure(one: dict[str, Any]) -> Figure:
    goals = [Goal(**goal) for goal in one["goals"]]
    return Figure(one["name"], one["unit"], one["samples"], goals, one["note"])


def paste(folder: Path, page: Path) -> None:
    """Replace what stands between the marks."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    body = f"{BEGIN}\n\n{markdown(stored(folder))}\n\n{END}"
    page.write_text(before + body + rest.split(END, 1)[1], encoding="utf-8")
