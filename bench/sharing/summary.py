"""Medians and spread over the seeds of a kind of world; and the plain mean where targets were measured so."""

from collections.abc import Sequence
from statistics import mean, median
from typing import Any

from bench.sharing.season import COLUMNS
from bench.sharing.targets import Report, groups

LEAST_SHOWN = 0.0005


def summary(reports: Sequence[Report]) -> list[dict[str, Any]]:
    found = []
    for name, own in groups(reports).items():
        for rule in (row["rule"] for row in own[0]["rows"]):
            rows = [row for one in own for row in one["rows"] if row["rule"] == rule]
            values = {column: spread([row[column] for row in rows]) for column in COLUMNS}
            found.append({"world": name, "rule": rule, **values})
    return found


def means(reports: Sequence[Report], name: str) -> list[dict[str, Any]]:
    """The world of the published targets: the mean over its seeds, as the targets were."""
    own = groups(reports).get(name, [])
    rules = [row["rule"] for row in own[0]["rows"]] if own else []
    return [
        {
            "rule": rule,
            **{
                column: float(mean(row[column] for one in own for row in one["rows"] if row["rule"] == rule))
                for column in COLUMNS
            },
        }
        for rule in rules
    ]


def spread(values: list[float]) -> str:
    if max(values) - min(values) < LEAST_SHOWN:
        return f"{median(values):.3f}"
    return f"{median(values):.3f} ({min(values):.3f} - {max(values):.3f})"
