"""The fairest reference: the most even totals that any full sharing of all these days can give, whatever it costs.

What sellers can have together over the days is a sum of polymatroids, so the leximin totals are the least majorized
(Megiddo 1974; Fujishige 1980): no full sharing has a lower Gini. Steps, minimums, prices and stops are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow

from bench.sharing.network import ENDLESS, Arcs, arcs_of
from bench.sharing.rules import Day, Key

Ints = NDArray[np.int64]


@dataclass
class Season:
    """One commodity on all days in one network: source, sellers, their lots of each day, that day's orders, sink."""

    sellers: list[str]
    tails: Ints
    heads: Ints
    limits: Ints
    sink: int
    left: set[int] = field(default_factory=set)

    def flow(self, wish: Ints) -> tuple[int, set[int]]:
        """What is carried when no seller has more than his wish, and who is stuck (the source's side of the cut)."""
        solver = max_flow.SimpleMaxFlow()
        limits = self.limits.copy()
        limits[: len(wish)] = wish
        solver.add_arcs_with_capacity(self.tails, self.heads, limits)
        solver.solve(0, self.sink)
        cut = solver.get_source_side_min_cut()
        return int(solver.optimal_flow()), {int(node) - 1 for node in cut if 0 < node <= len(wish)}

    def most_even(self) -> Ints:
        """Raise everybody's level until somebody is stuck, freeze him, go on; to one unit below each exact level."""
        wish = np.full(len(self.sellers), ENDLESS, dtype=np.int64)
        left = set(range(len(self.sellers)))
        while left:
            stuck: set[int] = left
            while True:
                carried, cut = self.flow(wish)
                if carried == int(wish.sum()):
                    break
                stuck = cut & left
                if not stuck:
                    raise RuntimeError("a level that was carried is carried no more")
                outside = [place for place in range(len(wish)) if place not in cut]
                frozen = sum(int(wish[place]) for place in cut - left)
                level = (carried - int(wish[outside].sum()) - frozen) // len(stuck)
                wish[list(left)] = level
            left -= stuck
            wish[list(left)] = ENDLESS
        return wish


def most_even(days: Sequence[Day]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for name in days[0].markets:
        season = _season(days, name)
        if season.sellers:
            found |= {
                (seller, name): int(amount)
                for seller, amount in zip(season.sellers, season.most_even(), strict=True)
            }
    return found


def _season(days: Sequence[Day], name: str) -> Season:
    sellers = sorted({seller for day in days for seller in day.markets[name].sellers})
    node = {seller: place for place, seller in enumerate(sellers, start=1)}
    tails, heads, limits = [0] * len(sellers), list(node.values()), [0] * len(sellers)
    free = 1 + len(sellers)
    sinks = []
    for day in days:
        arcs = arcs_of(day.batch, day.markets[name], apart=True)
        sources = set(arcs.sources())
        for place, (tail, head, limit) in enumerate(zip(arcs.tails, arcs.heads, arcs.limits, strict=True)):
            if place in sources:
                tails.append(node[_seller(day, name, arcs, head)])
            else:
                tails.append(free + tail)
            heads.append(free + head)
            limits.append(limit if limit == ENDLESS else limit * arcs.scale)
        sinks.append(free + arcs.sink)
        free += arcs.sink + 1
    return Season(
        sellers,
        np.array(tails + sinks, dtype=np.int64),
        np.array(heads + [free] * len(sinks), dtype=np.int64),
        np.array(limits + [ENDLESS] * len(sinks), dtype=np.int64),
        free,
    )


def _seller(day: Day, name: str, arcs: Arcs, head: int) -> str:
    return day.markets[name].lots[arcs.supply[head - 1].lots[0]].seller
