"""What no rule can beat on a day: the cheapest full sharing with the truck's stops, by MILP, exact but for its gap."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from bench.sharing.network import Arcs, arcs_of, cheapest, most
from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.market import Market

SOLVER = "HiGHS by scipy.optimize.milp, relative gap 1e-5"
MILLION = 1e6


@dataclass(frozen=True)
class Optimum:
    """Goods, haul and stops of the best set of villages that carries the most; `gap` as the solver proved it."""

    cost: float
    bound: float
    gap: float
    seconds: float
    given: dict[str, int]


def cheapest_day(batch: Batch, markets: Mapping[str, Market]) -> dict[str, int]:
    """Of each lot, what the cheapest flow of the most takes: goods and haul, stops not counted."""
    given: dict[str, int] = {}
    for market in markets.values():
        arcs = arcs_of(batch, market, apart=True)
        _, amounts = cheapest(arcs, most(arcs))
        for one, amount in zip(arcs.supply, amounts, strict=True):
            given[market.lots[one.lots[0]].lot] = amount
    return given


@dataclass
class Program:
    """Whole villages, flows of any size (they come out whole); quantities in millions of the smallest unit."""

    villages: dict[str, int]
    costs: list[float]
    upper: list[float]
    rows: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    lots: dict[int, str] = field(default_factory=dict)

    def row(self, terms: list[tuple[int, float]], low: float, high: float) -> None:
        self.rows += [(len(self.low), column, value) for column, value in terms]
        self.low.append(low)
        self.high.append(high)

    def add(self, market: Market, arcs: Arcs, bonus: Mapping[str, float]) -> None:
        """One commodity's flow, to the most; only from villages that are open. `bonus`: off a lot's cost, per `per`."""
        first, size, per = len(self.costs), MILLION / arcs.scale, market.commodity.per
        self.costs += [cost * MILLION / per for cost in arcs.costs]
        self.upper += [min(limit / size, 1e9) for limit in arcs.limits]
        into: list[list[tuple[int, float]]] = [[] for _ in range(arcs.sink + 1)]
        for place, (tail, head) in enumerate(zip(arcs.tails, arcs.heads, strict=True)):
            into[tail].append((first + place, -1.0))
            into[head].append((first + place, 1.0))
        for terms in into[1:-1]:
            self.row(terms, 0.0, 0.0)
        reach = most(arcs) / MILLION
        self.row(into[-1], reach, reach)
        for place, one in zip(arcs.sources(), arcs.supply, strict=True):
            self.row([(first + place, 1.0), (self.villages[one.village], -one.amount / size)], -np.inf, 0.0)
            lot = market.lots[one.lots[0]].lot
            self.lots[first + place] = lot
            self.costs[first + place] -= bonus.get(lot, 0.0) * MILLION / per

    def solved(self, seconds: float, gap: float, whole: bool = True) -> Any:
        at, of, value = zip(*self.rows, strict=True)
        matrix = coo_array((value, (at, of)), shape=(len(self.low), len(self.costs))).tocsr()
        integral = np.zeros(len(self.costs))
        integral[: len(self.villages)] = 1 if whole else 0
        with silenced():
            return milp(
                np.array(self.costs),
                constraints=LinearConstraint(matrix, np.array(self.low), np.array(self.high)),
                bounds=Bounds(np.zeros(len(self.costs)), np.array(self.upper)),
                integrality=integral,
                options={"time_limit": seconds, "mip_rel_gap": gap},
            )


def program(
    batch: Batch,
    markets: Mapping[str, Market],
    stops: Mapping[str, int] | None = None,
    bonus: Mapping[str, float] | None = None,
) -> Program:
    """`stops`: what a stop costs in each village, if not what the batch says."""
    names = sorted(batch.villages)
    costs = {name: batch.villages[name][0] for name in names} | dict(stops or {})
    found = Program(
        {name: place for place, name in enumerate(names)},
        [float(costs[name]) for name in names],
        [1.0] * len(names),
    )
    for market in markets.values():
        found.add(market, arcs_of(batch, market, apart=True), bonus or {})
    return found


def optimum(
    batch: Batch,
    markets: Mapping[str, Market],
    stops: Mapping[str, int] | None = None,
    bonus: Mapping[str, float] | None = None,
    seconds: float = 10.0,
    gap: float = 1e-5,
) -> Optimum:
    begun = time.perf_counter()
    one = program(batch, markets, stops, bonus)
    if not one.lots:
        return Optimum(0.0, 0.0, 0.0, 0.0, {})
    found = one.solved(seconds, gap)
    if found.x is None:
        raise RuntimeError(f"MILP: {found.message}")
    given = {lot: round(found.x[column] * MILLION) for column, lot in one.lots.items()}
    proved = float(found.fun if found.mip_dual_bound is None else found.mip_dual_bound)
    seconds = time.perf_counter() - begun
    return Optimum(float(found.fun), proved, float(found.mip_gap or 0.0), seconds, given)


@contextmanager
def silenced() -> Iterator[None]:
    """HiGHS writes to the process's standard output, past Python; a CSV on stdout must stay clean."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
