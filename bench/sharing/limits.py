"""What no rule can beat: the most that can be carried, its least cost, and that with the truck's stops (MILP)."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.market import Market

Ints = NDArray[np.int64]


@dataclass
class Arcs:
    """A market as a network: source, lots alike in village, cost and entry as one node, chains' caps, demands, sink."""

    tails: list[int]
    heads: list[int]
    limits: list[int]
    costs: list[int]
    supply: list[tuple[str, int]]
    sink: int
    scale: int

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        tails, heads, limits, costs = (
            np.array(one, dtype=np.int64) for one in (self.tails, self.heads, self.limits, self.costs)
        )
        return tails, heads, limits, costs


def arcs_of(batch: Batch, market: Market) -> Arcs:
    """Quantities in the greatest common divisor of all stocks and demands; costs in rupiah per `per` of them."""
    scale = 0
    for amount in (*market.stock, *market.wanted):
        scale = gcd(scale, amount)
    scale = scale or 1
    groups: dict[tuple[str, int, tuple[int, int]], int] = {}
    for lot, stock in enumerate(market.stock):
        if stock:
            own = market.lots[lot]
            cost = own.price + batch.villages[own.village][1]
            key = own.village, cost, market.entry[lot]
            groups[key] = groups.get(key, 0) + stock // scale
    arcs = Arcs([], [], [], [], [], 0, scale)
    starts = np.cumsum([1 + len(groups)] + [len(chain.demands) for chain in market.chains]).tolist()
    first_demand = int(starts[-1])
    arcs.sink = first_demand + len(market.demands)
    _supplies(arcs, groups, starts)
    for number, chain in enumerate(market.chains):
        for place, demand in enumerate(chain.demands):
            node = starts[number] + place
            if place + 1 < len(chain.demands):
                _arc(arcs, node, node + 1, 1 << 40, 0)
            _arc(arcs, node, first_demand + demand, 1 << 40, 0)
    for demand, wanted in enumerate(market.wanted):
        _arc(arcs, first_demand + demand, arcs.sink, wanted // scale, 0)
    return arcs


def _supplies(arcs: Arcs, groups: dict[tuple[str, int, tuple[int, int]], int], starts: list[int]) -> None:
    for node, ((village, cost, (chain, place)), amount) in enumerate(sorted(groups.items()), start=1):
        arcs.supply.append((village, amount))
        _arc(arcs, 0, node, amount, cost)
        _arc(arcs, node, starts[chain] + place, 1 << 40, 0)


def _arc(arcs: Arcs, tail: int, head: int, limit: int, cost: int) -> None:
    arcs.tails.append(tail)
    arcs.heads.append(head)
    arcs.limits.append(limit)
    arcs.costs.append(cost)


def most(arcs: Arcs) -> int:
    solver = max_flow.SimpleMaxFlow()
    tails, heads, limits, _ = arcs.columns()
    solver.add_arcs_with_capacity(tails, heads, limits)
    solver.solve(0, arcs.sink)
    return int(solver.optimal_flow()) * arcs.scale


def least_cost(arcs: Arcs, amount: int, per: int) -> float:
    """Goods and haul of the cheapest flow of that amount, in rupiah; stops not counted."""
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(*arcs.columns())
    units = amount // arcs.scale
    solver.set_node_supply(0, units)
    solver.set_node_supply(arcs.sink, -units)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the cheapest flow was not found")
    return float(solver.optimal_cost()) * arcs.scale / per


@dataclass(frozen=True)
class Optimum:
    """Goods, haul and stops of the best set of villages that carries the most; `gap` as the solver proved it."""

    cost: float
    gap: float
    seconds: float


def optimum(batch: Batch, markets: dict[str, Market], seconds: float = 10.0) -> Optimum:
    """HiGHS, as scipy brings it: whole villages, flows of any size (they come out whole)."""
    begun = time.perf_counter()
    names = sorted(batch.villages)
    column = {name: place for place, name in enumerate(names)}
    costs: list[float] = [float(batch.villages[name][0]) for name in names]
    upper: list[float] = [1.0] * len(names)
    rows: list[tuple[int, int, float]] = []
    low: list[float] = []
    high: list[float] = []
    for market in markets.values():
        arcs = arcs_of(batch, market)
        _add(arcs, market.commodity.per, column, (costs, upper, rows, low, high))
    if len(costs) == len(names):
        return Optimum(0.0, 0.0, 0.0)
    at, of, value = zip(*rows, strict=True)
    matrix = coo_array((value, (at, of)), shape=(len(low), len(costs))).tocsr()
    whole = np.zeros(len(costs))
    whole[: len(names)] = 1
    with _silenced():
        found: Any = milp(
            np.array(costs),
            constraints=LinearConstraint(matrix, np.array(low), np.array(high)),
            bounds=Bounds(np.zeros(len(costs)), np.array(upper)),
            integrality=whole,
            options={"time_limit": seconds, "mip_rel_gap": 1e-5},
        )
    if found.x is None:
        raise RuntimeError(f"MILP: {found.message}")
    return Optimum(float(found.fun), float(found.mip_gap or 0.0), time.perf_counter() - begun)


@contextmanager
def _silenced() -> Iterator[None]:
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


def _add(arcs: Arcs, per: int, column: dict[str, int], into: Any) -> None:
    """One commodity's flow, in millions of its smallest unit, to the most; only from villages that are open."""
    costs, upper, rows, low, high = into
    first, size = len(costs), 1e6 / arcs.scale
    costs += [cost * 1e6 / per for cost in arcs.costs]
    upper += [min(limit / size, 1e9) for limit in arcs.limits]
    row = len(low)
    for place, (tail, head) in enumerate(zip(arcs.tails, arcs.heads, strict=True)):
        if tail:
            rows.append((row + tail, first + place, -1.0))
        rows.append((row + head, first + place, 1.0))
    reach = most(arcs) / 1e6
    low += [0.0] * arcs.sink + [reach]
    high += [0.0] * arcs.sink + [reach]
    sources = [place for place, tail in enumerate(arcs.tails) if tail == 0]
    for place, (village, amount) in zip(sources, arcs.supply, strict=True):
        rows += [(len(low), first + place, 1.0), (len(low), column[village], -amount / size)]
        low.append(-np.inf)
        high.append(0.0)
