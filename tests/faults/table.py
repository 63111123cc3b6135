"""The table at the end of a run over several seeds: what was done and found, beside its limits, as Markdown."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.home import CHECKOUT
from tests.faults.plan import ALL

PAGE = CHECKOUT / "docs" / "faults.md"
HAND_OVER_S = 5
MAY_BE_IMPOSSIBLE = "disk-full"
"""Without root there is no small disk."""
Result = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """`limit` is asked of the sum over all seeds, as is a share of all their commands."""

    figure: str
    of: Callable[[Result], float]
    limit: str = ""
    keeps: Callable[[float], bool] = lambda _: True
    share: bool = False

    def told(self, results: Sequence[Result]) -> str:
        number = self.value(results)
        return f"{number:.1%}" if self.share else f"{number:,.0f}"

    def value(self, results: Sequence[Result]) -> float:
        if not self.share:
            return sum(map(self.of, results))
        commands = [int(one["commands"]) for one in results]
        shares = map(self.of, results)
        return sum(share * number for share, number in zip(shares, commands, strict=True)) / max(
            1, sum(commands)
        )


def _outcome(name: str) -> Callable[[Result], float]:
    return lambda result: float(result["outcomes"].get(name, 0))


def _named(name: str) -> Callable[[Result], float]:
    return lambda result: float(result[name])


SHARES = (
    ("commands without an answer", "unknown", "≤ 2 %", lambda share: share <= 0.02),
    ("commands across two services", "crossing two services", "≥ 60 %", lambda share: share >= 0.6),
    ("commands for one lot that all want", "contending for one lot", "≥ 10 %", lambda share: share >= 0.1),
)
ROWS = (
    Row("commands acknowledged", _outcome("acknowledged"), "≥ 60,000", lambda number: number >= 60_000),
    Row("commands refused", _outcome("refused")),
    Row("commands without an answer", _outcome("unknown")),
    *(Row(f"share of {what}", _named(name), limit, keeps, share=True) for what, name, limit, keeps in SHARES),
    Row("commands asked more than once", _named("retried")),
    Row("events", _named("events")),
    Row("duplicates dropped", _named("duplicates dropped")),
    Row("events parked", _named("parked")),
    Row("windows", _named("windows")),
    Row(
        "violations",
        lambda result: float(sum(result["violations"].values())),
        "0",
        lambda number: number == 0,
    ),
    Row(
        "minutes",
        lambda result: float(result["seconds"]["whole"]) / 60,
        "≤ 40",
        lambda minutes: minutes <= 40,
    ),
)


def kept(folder: Path) -> Result:
    """What a run of one seed has left."""
    told: Result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return told


def broken(results: Sequence[Result]) -> list[str]:
    """The limits of a whole run that these results do not keep, and the faults that none of them met."""
    over = [
        f"{row.figure}: {row.told(results)}, limit {row.limit}"
        for row in ROWS
        if not row.keeps(row.value(results))
    ]
    missing = [
        kind
        for kind in ALL
        if not any(one["faults"].get(kind) for one in results) and kind != MAY_BE_IMPOSSIBLE
    ]
    return [*over, *(f"{kind}: never done" for kind in missing)]


def markdown(results: Sequence[Result]) -> str:
    """Two tables: figures by seed, and faults by kind."""
    seeds = [str(one["seed"]) for one in results]
    figures = [("figure", *(f"seed {seed}" for seed in seeds), "all", "limit", "")]
    for row in ROWS:
        verdict = ("kept" if row.keeps(row.value(results)) else "**broken**") if row.limit else ""
        figures.append(
            (row.figure, *(row.told([one]) for one in results), row.told(results), row.limit, verdict)
        )
    faults = [("fault", "times", "slowest recovery, s", "slowest hand-over, s")]
    for kind in sorted({kind for one in results for kind in one["faults"]}):
        times = sum(one["faults"].get(kind, 0) for one in results)
        recovery = [one["recovery_s"][kind] for one in results if kind in one["recovery_s"]]
        faults.append(
            (kind, str(times), f"{max(recovery):.1f}" if recovery else "", _hand_over(kind, results))
        )
    return f"{as_table(figures)}\n\n{as_table(faults)}"


def _hand_over(kind: str, results: Sequence[Result]) -> str:
    told = [one["hand_over_s"][kind] for one in results if kind in one["hand_over_s"]]
    if not told:
        return ""
    count, alone = sum(one["all"] for one in told), sum(one["alone"] for one in told)
    slowest, slowest_alone = max(one["slowest"] for one in told), max(one["slowest alone"] for one in told)
    verdict = "kept" if slowest_alone <= HAND_OVER_S else "**broken**"
    undisturbed = f"{slowest_alone:.1f} ({alone} times; limit {HAND_OVER_S}, {verdict}); " if alone else ""
    return f"{undisturbed}{slowest:.1f} with others beside it ({count} in all)"


def as_table(rows: Sequence[Sequence[str]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paste(page: Path, name: str, text: str) -> None:
    """Replace what stands between the marks of this name."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = page.read_text(encoding="utf-8").split(begin, 1)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")
