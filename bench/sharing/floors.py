"""Where few villages miss the target of imbalance: its proved floors, where it comes from, and what would meet it.

Of each seed that misses it: the same days with one cause taken away, and with dues worth more.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.sharing.balance import least_by_steps, least_cost
from bench.sharing.manipulation import without_stops
from bench.sharing.policies import with_credit
from bench.sharing.rules import Document, Key, day_of
from bench.sharing.season import (
    COLUMNS,
    LEXWF,
    Known,
    columns,
    day_by_day,
    imbalance,
    known,
    of_villages,
    under_lexwf,
    villages_of,
)
from bench.sharing.targets import CHEAPEST, TARGETS, Report, Target, of
from bench.sharing.worlds import days, size_of

SMALL = 12
NOTHING = 0.0005
CREDITS = (160, 320, 1000)
COST, APART = COLUMNS[1], COLUMNS[6]
Row = dict[str, Any]


def without_minimums(day: Document) -> Document:
    return {**day, "lots": [{**lot, "minimum": 1} for lot in day["lots"]]}


def any_for_any(day: Document) -> Document:
    """Every lot may serve every order of its commodity."""
    best = {one["commodity"]: one["grades"][0] for one in day["commodities"]}
    dearest = max((lot["price"] for lot in day["lots"]), default=1)
    fit = {"ready": day["day"], "expiry": day["day"]}
    lots = [{**lot, **fit, "grade": best[lot["commodity"]]} for lot in day["lots"]]
    return {**day, "lots": lots, "demands": [{**one, "cap": dearest} for one in day["demands"]]}


VARIANTS: dict[str, Callable[[Document], Document]] = {
    "no stops": without_stops,
    "no stops, no minimums": lambda day: without_minimums(without_stops(day)),
    "any lot for any order": any_for_any,
}


@dataclass(frozen=True)
class Missed:
    """A seed that misses the target, in kilograms a village."""

    villages: int
    supply: str
    seed: int
    rule: str
    target: float
    reached: float
    cost: float


def missed(reports: Sequence[Report]) -> list[list[Missed]]:
    """Of the worlds with few villages, the rules of each that miss."""
    each = [
        [_missed(one, target) for target in TARGETS if target.column == APART and not target.met(one)]
        for one in reports
        if one["villages"] <= SMALL
    ]
    return [own for own in each if own]


def _missed(report: Report, target: Target) -> Missed:
    return Missed(
        report["villages"],
        report["supply"],
        int(report["world"].rsplit(" ", 1)[1]),
        target.rule,
        target.limit * of(report, CHEAPEST, APART),
        of(report, target.rule, APART),
        of(report, target.rule, COST),
    )


def floors(seeds: Sequence[Missed], count: int, prices: dict[str, int] | None = None) -> list[Row]:
    """Of one world and seed, under each rule that misses there."""
    plain = days(size_of(seeds[0].villages, seeds[0].supply, seeds[0].seed), count, prices)
    read = [known(day) for day in plain]
    return [_floors(one, plain, read) for one in seeds]


def _floors(one: Missed, plain: list[Document], read: list[Known]) -> Row:
    places, share = villages_of(plain), LEXWF[one.rule]
    usual = under_lexwf(read, share, check=False)
    if abs(columns(usual, places)[APART] - one.reached) > NOTHING:
        raise RuntimeError(f"{one} is not what these days give: let `worlds` run first, with the same --days")
    hak = of_villages(usual.hak, places)
    least = least_cost(read, hak, one.target * 1000 * len(hak))
    return {
        **vars(one),
        "nobody is below": least_by_steps(read, hak),
        "least cost %": 100 * (least / sum(day.best.cost for day in read) - 1),
        "without": {name: _apart([made(day) for day in plain], share) for name, made in VARIANTS.items()},
        "credits": dearer(one, read, places),
    }


def _apart(plain: list[Document], first_share: int) -> float:
    """Kilograms a village, mean, from the hak of these same days."""
    given, hak = Counter[Key](), Counter[Key]()
    for outcome in day_by_day([day_of(one) for one in plain], first_share, check=False):
        given.update(outcome.given)
        hak.update({(row["seller"], row["commodity"]): row["hak"] for row in outcome.record["sellers"]})
    return imbalance(given, hak, villages_of(plain))


def dearer(one: Missed, read: list[Known], places: dict[Key, str]) -> list[Row]:
    """What other values of a due give, the lowest first, up to the first that meets the target."""
    tried: list[Row] = []
    for permille in CREDITS:
        found = under_lexwf([with_credit(day, permille) for day in read], LEXWF[one.rule], check=False)
        tried.append({"credit permille": permille, **columns(found, places)})
        if tried[-1][APART] <= one.target:
            break
    return tried


def shown(kept: Sequence[Row]) -> list[Row]:
    return [
        {
            "world": f"{row['villages']} {row['supply']}, seed {row['seed']}",
            "s": f"{LEXWF[row['rule']] / 1000:g}",
            "target kg": row["target"],
            "reached kg": row["reached"],
            "nobody is below kg": row["nobody is below"],
            "cost %": row["cost"],
            "least cost % at the target": max(0.0, row["least cost %"]),
            **{f"{name}, kg": apart for name, apart in row["without"].items()},
            "target met with": _met(row),
        }
        for row in kept
    ]


def _met(row: Row) -> str:
    last = row["credits"][-1]
    if last[APART] > row["target"]:
        return "none tried"
    return f"credit {last['credit permille'] / 10:g} %: {last[APART]:.1f} kg, cost +{last[COST]:.2f} %"
