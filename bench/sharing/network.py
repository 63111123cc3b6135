"""A market as a network for solvers that are not ours: the most it carries, and the cheapest way to carry that."""

from dataclasses import dataclass, field
from math import gcd

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.market import Market

Ints = NDArray[np.int64]
ENDLESS = 1 << 40


@dataclass(frozen=True)
class Supply:
    """Lots alike in village, cost and entry, as one node; `amount` in the network's units."""

    village: str
    cost: int
    lots: list[int]
    amount: int


@dataclass
class Arcs:
    """Source 0, supplies, chains' caps, demands, sink; one unit is `scale` of the commodity's smallest."""

    scale: int
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    supply: list[Supply] = field(default_factory=list)
    sink: int = 0

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        tails, heads, limits, costs = (
            np.array(one, dtype=np.int64) for one in (self.tails, self.heads, self.limits, self.costs)
        )
        return tails, heads, limits, costs

    def add(self, tail: int, head: int, limit: int = ENDLESS, cost: int = 0) -> None:
        self.tails.append(tail)
        self.heads.append(head)
        self.limits.append(limit)
        self.costs.append(cost)

    def sources(self) -> list[int]:
        """The arc of each supply."""
        return [place for place, tail in enumerate(self.tails) if tail == 0]


def arcs_of(batch: Batch, market: Market, apart: bool = False) -> Arcs:
    """Quantities in the greatest common divisor of stocks and demands. `apart`: every lot a supply of its own."""
    scale = gcd(*market.stock, *market.wanted) or 1
    arcs = Arcs(scale)
    entries = _grouped(arcs, batch, market, apart)
    starts = np.cumsum([1 + len(entries)] + [len(chain.demands) for chain in market.chains]).tolist()
    first_demand = int(starts[-1])
    arcs.sink = first_demand + len(market.demands)
    for node, (one, (chain, place)) in enumerate(zip(arcs.supply, entries, strict=True), start=1):
        arcs.add(0, node, one.amount, one.cost)
        arcs.add(node, starts[chain] + place)
    for number, own in enumerate(market.chains):
        for place, demand in enumerate(own.demands):
            node = starts[number] + place
            if place + 1 < len(own.demands):
                arcs.add(node, node + 1)
            arcs.add(node, first_demand + demand)
    for demand, wanted in enumerate(market.wanted):
        arcs.add(first_demand + demand, arcs.sink, wanted // scale)
    return arcs


def _grouped(arcs: Arcs, batch: Batch, market: Market, apart: bool) -> list[tuple[int, int]]:
    """Fills `supply`; where each enters."""
    groups: dict[tuple[str, int, tuple[int, int], int], list[int]] = {}
    for lot, stock in enumerate(market.stock):
        if stock:
            own = market.lots[lot]
            cost = own.price + batch.villages[own.village][1]
            groups.setdefault((own.village, cost, market.entry[lot], lot if apart else 0), []).append(lot)
    for (village, cost, _, _), lots in sorted(groups.items()):
        arcs.supply.append(Supply(village, cost, lots, sum(market.stock[lot] for lot in lots) // arcs.scale))
    return [entry for _, _, entry, _ in sorted(groups)]


def most(arcs: Arcs) -> int:
    solver = max_flow.SimpleMaxFlow()
    tails, heads, limits, _ = arcs.columns()
    solver.add_arcs_with_capacity(tails, heads, limits)
    solver.solve(0, arcs.sink)
    return int(solver.optimal_flow()) * arcs.scale


def cheapest(arcs: Arcs, amount: int) -> tuple[float, list[int]]:
    """Goods and haul of the cheapest flow of that amount, per `per` units, and what each supply gives."""
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(*arcs.columns())
    units = amount // arcs.scale
    solver.set_node_supply(0, units)
    solver.set_node_supply(arcs.sink, -units)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the cheapest flow was not found")
    given = [solver.flow(place) * arcs.scale for place in arcs.sources()]
    return float(solver.optimal_cost()) * arcs.scale, given
