"""One world over all its days: every rule, the limits, and the walls that no rule gets past."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.sharing.evenest import most_even
from bench.sharing.limits import SOLVER
from bench.sharing.manipulation import in_units
from bench.sharing.rules import Key
from bench.sharing.season import (
    CHEAP,
    FAIR,
    LEXWF,
    Known,
    Season,
    at_the_limits,
    columns,
    gini,
    got_of_hak,
    known,
    under_all_rules,
    under_lexwf,
    villages_of,
)
from bench.sharing.supply import statistics
from bench.sharing.wall import least_season
from bench.sharing.worlds import days, size_of

Report = dict[str, Any]


def report(villages: int, supply: str, seed: int, count: int, prices: dict[str, int] | None) -> Report:
    begun = time.perf_counter()
    world = size_of(villages, supply, seed)
    plain = days(world, count, prices)
    read = [known(one) for one in plain]
    seasons = under_all_rules(read)
    seasons |= at_the_limits(read)
    for one in seasons.values():
        one.hak = one.hak or seasons[FAIR].hak
    places = villages_of(plain)
    return {
        "world": world.name,
        "villages": villages,
        "supply": supply,
        "statistics": statistics(plain),
        "solver": SOLVER,
        "largest gap": max(one.best.gap for one in read),
        "rows": [{"rule": rule, **columns(one, places)} for rule, one in seasons.items()],
        "walls": walls(plain, read, seasons, places),
        "got of hak": {rule: [round(one, 4) for one in got_of_hak(of)] for rule, of in seasons.items()},
        "seconds": {rule: round(sum(one.seconds), 3) for rule, one in seasons.items()},
        "took s": round(time.perf_counter() - begun, 1),
    }


def walls(
    plain: list[dict[str, Any]],
    read: Sequence[Known],
    seasons: Mapping[str, Season],
    places: dict[Key, str],
) -> dict[str, Any]:
    """`most even`: no full season is more even. `least cost %`: none that pays each hak in full costs less over the
    optimum. `in units`: this rule on the same days, every step and minimum 1."""
    even = most_even([one.day for one in read])
    totals = [even.get(key, 0) for key in places]
    best = sum(one.best.cost for one in read)
    finest = [known(in_units(one)) for one in plain]
    return {
        "most even Gini": gini(totals),
        "could never sell %": 100 * sum(one == 0 for one in totals) / len(totals),
        "one seller %": 100 / len(totals),
        "Gini of hak": gini([seasons[FAIR].hak.get(key, 0) for key in places]),
        "least cost %": {rule: 100 * (least_season(read, seasons[rule].hak) / best - 1) for rule in LEXWF},
        "in units": {
            rule: columns(under_lexwf(finest, LEXWF[rule], check=False), places) for rule in (FAIR, CHEAP)
        },
    }
