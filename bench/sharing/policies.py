"""What the cooperative's policy buys: cost against fairness for other first shares and other values of a due."""

from math import log2
from typing import Any

from bench.sharing.rules import Day, by_peer
from bench.sharing.season import COLUMNS, FAIR, LEXWF, Known, Season, columns, known, under_lexwf, villages_of
from bench.sharing.targets import CHEAPEST, TARGETS, Target
from bench.sharing.worlds import days, size_of

POLICIES = (
    (0, 40),
    (0, 80),
    (100, 80),
    (250, 0),
    (250, 40),
    (250, 80),
    (250, 160),
    (250, 320),
    (250, 1000),
    (500, 80),
    (1000, 80),
    (1000, 320),
)
USUAL_CREDIT = 80
Row = dict[str, Any]


def policies(villages: int, supply: str, count: int, seed: int = 1) -> list[Row]:
    """One world under each policy; cheapest first's columns beside, since targets are parts of those."""
    plain = days(size_of(villages, supply, seed), count)
    read, places = [known(one) for one in plain], villages_of(plain)
    cheapest = Season()
    for one in read:
        cheapest.add(by_peer(one.day, CHEAPEST), one.reachable, one.best)
    rows = []
    for first_share, credit in POLICIES:
        found = under_lexwf([with_credit(one, credit) for one in read], first_share, check=False)
        if first_share == LEXWF[FAIR]:
            cheapest.hak = found.hak
        rows.append(
            {
                "villages": villages,
                "supply": supply,
                "first share permille": first_share,
                "credit permille": credit,
                "columns": columns(found, places),
            }
        )
    theirs = columns(cheapest, places)
    return [{**row, CHEAPEST: theirs} for row in rows]


def with_credit(one: Known, credit: int) -> Known:
    parameters = {**one.day.plain["parameters"], "credit_permille": credit}
    day = Day({**one.day.plain, "parameters": parameters}, one.day.batch, one.day.markets)
    return Known(day, one.reachable, one.best)


def shown(rows: list[Row]) -> list[Row]:
    """As the targets count: cost in %, the rest in parts of cheapest first's."""
    parts = {target.column: target for target in TARGETS if target.in_parts}
    return [
        {
            "world": f"{row['villages']} {row['supply']}",
            "s": f"{row['first share permille'] / 1000:g}",
            "credit": f"{row['credit permille'] / 10:g} %",
            "cost over optimum %": row["columns"]["cost over optimum %"],
            "stops a day": row["columns"]["stops a day"],
            "p5 got/hak": row["columns"]["p5 got/hak"],
            **{name: target.value(as_report(row)) for name, target in parts.items()},
        }
        for row in rows
    ]


def as_report(row: Row) -> dict[str, Any]:
    """The row as if this policy were both of the rule's."""
    rules = [{"rule": rule, **row["columns"]} for rule in {target.rule for target in TARGETS}]
    return {**row, "rows": [*rules, {"rule": CHEAPEST, **row[CHEAPEST]}]}


def reaching(target: Target, world: str, rows: list[Row]) -> str:
    """Of the policies tried in this world, the nearest to the usual one that meets the target, with what it costs."""
    met = [
        row
        for row in rows
        if f"{row['villages']} {row['supply']}" == world
        and target.met(as_report(row))
        and (row["first share permille"] > 0 or LEXWF[target.rule] == 0)
    ]
    if not met:
        return "none tried"
    best = min(met, key=lambda row: _distance(row, LEXWF[target.rule]))
    share, credit = best["first share permille"] / 1000, best["credit permille"] / 10
    return f"s {share:g}, credit {credit:g} %: cost +{best['columns'][COLUMNS[1]]:.2f} %"


def _distance(row: Row, first_share: int) -> tuple[int, float]:
    return (
        abs(row["first share permille"] - first_share),
        abs(log2((row["credit permille"] + 1) / (USUAL_CREDIT + 1))),
    )
