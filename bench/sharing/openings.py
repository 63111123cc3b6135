"""How good the choice of villages is: its cost over the exact optimum's, one day at a time, without steps."""

import json
import time
from dataclasses import replace
from statistics import median
from typing import Any

from bench.sharing.limits import Optimum, optimum
from bench.sharing.manipulation import in_units
from bench.sharing.rules import Document, day_of
from bench.sharing.worlds import PLENTY, days, size_of
from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.verify.market import markets_of

VILLAGES = (3, 12, 50, 100, 200)
CREDITS = (0, 80)
SEEDS = (1, 2, 3)
LATER = {"ROUNDING", "NOT_NEEDED", "NO_ELIGIBLE_LOT"}


def chosen_villages(villages: int, supply: str, credit: int, seed: int) -> dict[str, Any]:
    """Both solve the same task: effective stop costs of the record, the most that can be carried."""
    plain = in_units(days(size_of(villages, supply, seed), 1)[0])
    plain = {**plain, "parameters": {**plain["parameters"], "credit_permille": credit}}
    begun = time.perf_counter()
    record = solve(read(json.dumps(plain).encode()))
    took = time.perf_counter() - begun
    stops = {row["village"]: row["effective_cost"] for row in record["villages"]}
    opened = {row["village"] for row in record["villages"] if row["open"] and row["reason"] not in LATER}
    best = _best(plain, stops)
    own = _inside(plain, stops, opened)
    return {
        "villages": villages,
        "supply": supply,
        "seed": seed,
        "credit permille": credit,
        "open": len(opened),
        "free of cost": sum(cost == 0 for cost in stops.values()),
        "over the optimum %": round(100 * (own / best.cost - 1), 4),
        "MILP gap %": round(100 * best.gap, 4),
        "MILP s": round(best.seconds, 2),
        "whole sharing s": round(took, 2),
    }


def _best(plain: Document, stops: dict[str, int]) -> Optimum:
    day = day_of(plain)
    return optimum(day.batch, day.markets, stops, seconds=60.0)


def _inside(plain: Document, stops: dict[str, int], opened: set[str]) -> float:
    """The cheapest way to carry the same amount from these villages alone."""
    day = day_of(plain)
    reach = sum(amount for amount in optimum(day.batch, day.markets, stops).given.values())
    lots = {name: lot for name, lot in day.batch.lots.items() if lot.village in opened}
    batch = replace(day.batch, lots=lots)
    found = optimum(batch, markets_of(batch), dict.fromkeys(stops, 0))
    if sum(found.given.values()) < reach:
        raise RuntimeError(f"{plain['batch']}: the open villages do not reach the fill")
    return found.cost + sum(stops[name] for name in opened)


INSTANCES = [
    (villages, supply, credit, seed)
    for villages in VILLAGES
    for supply in PLENTY
    for credit in CREDITS
    for seed in SEEDS
]


def by_villages(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All supplies, credits and seeds of one number of villages together."""
    found = []
    for villages in dict.fromkeys(row["villages"] for row in rows):
        own = [row for row in rows if row["villages"] == villages]
        over = [row["over the optimum %"] for row in own]
        found.append(
            {
                "villages": villages,
                "instances": len(own),
                "over the optimum %: median": f"{median(over):.3f}",
                "most": f"{max(over):.3f}",
                "least": f"{min(over):.3f}",
                "MILP's largest gap %": f"{max(row['MILP gap %'] for row in own):.3f}",
                "MILP s, most": max(row["MILP s"] for row in own),
                "whole sharing s, most": max(row["whole sharing s"] for row in own),
            }
        )
    return found
