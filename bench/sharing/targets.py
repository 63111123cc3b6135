"""Which targets are met in which worlds; beside each miss, what no full sharing could have beaten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median
from typing import Any

from bench.sharing.season import CHEAP, COLUMNS, FAIR

Report = dict[str, Any]
CHEAPEST = "cheapest first"


def of(report: Report, rule: str, column: str) -> float:
    return float(next(row[column] for row in report["rows"] if row["rule"] == rule))


def part(report: Report, rule: str, column: str) -> float:
    return against(of(report, rule, column), of(report, CHEAPEST, column))


def against(own: float, theirs: float) -> float:
    """Of cheapest first's; where that is nothing, nothing is all that meets the target."""
    return own / theirs if theirs else (inf if own else 0.0)


@dataclass(frozen=True)
class Target:
    """`wall`: what no full sharing beats, in the column's unit. `in_parts`: measured in parts of cheapest first's."""

    name: str
    rule: str
    column: str
    limit: float
    at_most: bool = True
    in_parts: bool = False
    wall: Callable[[Report], float] | None = None

    def value(self, report: Report) -> float:
        return (part if self.in_parts else of)(report, self.rule, self.column)

    def units(self, report: Report) -> float:
        return self._scaled(report, float(report["walls"]["in units"][self.rule][self.column]))

    def floor(self, report: Report) -> float | None:
        return None if self.wall is None else self._scaled(report, self.wall(report))

    def _scaled(self, report: Report, value: float) -> float:
        return against(value, of(report, CHEAPEST, self.column)) if self.in_parts else value

    def met(self, report: Report) -> bool:
        value = self.value(report)
        return value <= self.limit if self.at_most else value >= self._least(report)

    def _least(self, report: Report) -> float:
        sparse = (report["villages"], report["supply"]) == (3, "sparse")
        return 99.5 if self.name.startswith("fill") and sparse else self.limit


def _wall(*path: str) -> Callable[[Report], float]:
    def found(report: Report) -> float:
        place: Any = report["walls"]
        for key in path:
            place = place[key]
        return float(place)

    return found


_COST, _GINI, _NOTHING, _WORST, _OFF = (COLUMNS[place] for place in (1, 3, 4, 5, 6))
TARGETS = (
    Target("fill %", FAIR, "fill %", 99.9, at_most=False),
    Target("cost %, s = .25", FAIR, _COST, 2.0, wall=_wall("least cost %", FAIR)),
    Target("cost %, s = 0", CHEAP, _COST, 1.1, wall=_wall("least cost %", CHEAP)),
    Target("Gini, part of cheapest's", FAIR, _GINI, 0.85, in_parts=True, wall=_wall("most even Gini")),
    Target(
        "sold nothing, part of cheapest's",
        FAIR,
        _NOTHING,
        0.15,
        in_parts=True,
        wall=_wall("could never sell %"),
    ),
    Target("imbalance, part of cheapest's, s = .25", FAIR, _OFF, 0.25, in_parts=True),
    Target("imbalance, part of cheapest's, s = 0", CHEAP, _OFF, 0.25, in_parts=True),
    Target("p5 got/hak, s = .25", FAIR, _WORST, 0.80, at_most=False),
    Target("p5 got/hak, s = 0", CHEAP, _WORST, 0.80, at_most=False),
)


def groups(reports: Sequence[Report]) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for one in reports:
        found.setdefault(f"{one['villages']} {one['supply']}", []).append(one)
    return found


def matrix(reports: Sequence[Report]) -> list[dict[str, str]]:
    """One row a kind of world: of each target the median over its seeds, and in how many of them it is met."""
    rows = []
    for name, own in groups(reports).items():
        row = {"world": name}
        for target in TARGETS:
            met = sum(target.met(one) for one in own)
            mark = "" if 2 * met > len(own) else "**"
            sign = "<=" if target.at_most else ">="
            middle = median(target.value(one) for one in own)
            row[f"{target.name} {sign} {target.limit}"] = f"{mark}{middle:.2f}{mark} ({met}/{len(own)})"
        rows.append(row)
    return rows


def misses(reports: Sequence[Report]) -> list[tuple[str, Target, list[Report]]]:
    """Every target that some seed of a kind of world misses."""
    return [
        (name, target, own)
        for name, own in groups(reports).items()
        for target in TARGETS
        if not all(target.met(one) for one in own)
    ]
