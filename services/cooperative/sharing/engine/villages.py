"""Step 4: where the truck stops. A stop costs, less what the village's unpaid dues are worth; at zero it opens."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.cooperative.sharing.engine.batch import Batch
from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.goods import NEVER, Cheapest, cheapest, closing_loss, opening_gain
from services.cooperative.sharing.engine.today import Free
from services.cooperative.sharing.engine.worth import dot, floored

SPREADINGS = 3


def effective_costs(batch: Batch, pools: Mapping[str, Free], dues: Mapping[str, Ints]) -> list[int]:
    """Of each village: the stop's cost less what its dues are worth, never below zero.

    A due is split over the seller's eligible lots by whole-step stock; negative dues count as zero.
    """
    terms: list[list[tuple[int, int, int]]] = [[] for _ in batch.villages]
    for name, free in pools.items():
        worth = free.pool.commodity.reference_price * batch.parameters.credit_permille
        for village, due, stock, total in _dues_in_villages(free, np.maximum(dues[name], 0)):
            terms[village].append((due * stock, worth, total * free.pool.commodity.per * 1000))
    return [max(0, one.stop_cost - floored(terms[place])) for place, one in enumerate(batch.villages)]


def _dues_in_villages(free: Free, due: Ints) -> list[tuple[int, int, int, int]]:
    """Village, due, and which part of it (stock there, stock of all): sellers of one village are taken together."""
    own = np.flatnonzero((free.stock > 0) & (due[free.pool.seller_of] > 0))
    count = len(free.pool.sellers)
    pairs, inverse = np.unique(free.village[own] * count + free.pool.seller_of[own], return_inverse=True)
    stock = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(stock, inverse.reshape(-1), free.stock[own])
    village, seller = pairs // max(count, 1), pairs % max(count, 1)
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, seller, stock)
    whole = stock == total[seller]
    together = np.zeros(int(village.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(together, village[whole], due[seller[whole]])
    rows = [(place, amount, 1, 1) for place, amount in enumerate(together.tolist()) if amount]
    split = zip(
        *(column[~whole].tolist() for column in (village, due[seller], stock, total[seller])), strict=True
    )
    return rows + list(split)


@dataclass
class Search:
    """Villages that may be open or not (`optional`), the open ones, and the cheapest flow inside them."""

    pools: Sequence[Free]
    cost_of: list[int]
    optional: list[int]
    open: Mask
    most: list[int] = field(init=False)
    scale: list[int] = field(init=False)
    now: list[Cheapest] = field(init=False)
    tries: int = 0

    def __post_init__(self) -> None:
        self.most = [free.most for free in self.pools]
        whole = math.lcm(*(free.pool.commodity.per for free in self.pools)) if self.pools else 1
        self.scale = [whole // free.pool.commodity.per for free in self.pools]
        self.whole = whole

    def run(self) -> None:
        """Spread the stops' costs for a start; then open and close one at a time until neither helps."""
        self.open = self._spread()
        self.now = [self._solved(place, self.open) for place in range(len(self.pools))]
        while self._closed_one() or self._opened_one():
            pass

    def _solved(self, place: int, opened: Mask) -> Cheapest:
        free = self.pools[place]
        return cheapest(free, np.where(opened[free.village], free.stock, 0), free.cost)

    def _spread(self) -> Mask:
        """Slope scaling (Kim and Pardalos 1999): each stop's cost lies on what the village can, then did, deliver."""
        everything = np.ones(len(self.cost_of), dtype=np.bool_)
        carried = [free.stock for free in self.pools]
        best, least = everything, None
        for _ in range(SPREADINGS):
            extra = self._per_unit(carried)
            flows = [
                cheapest(free, free.stock, (free.cost << 16) + extra[place][free.village])
                for place, free in enumerate(self.pools)
            ]
            used = self._used([flow.given for flow in flows])
            cost = self._goods(flows) + self.whole * self._stops(used)
            if least is not None and cost >= least:
                break
            best, least = used, cost
            carried = [flow.given for flow in flows]
        return best

    def _per_unit(self, carried: Sequence[Ints]) -> list[Ints]:
        """Of each pool and village: the stop's cost on one unit, by what is carried, weighed by reference price."""
        value = [0] * len(self.cost_of)
        for place, free in enumerate(self.pools):
            units = np.zeros(len(value), dtype=np.int64)
            np.add.at(units, free.village, carried[place])
            weight = free.pool.commodity.reference_price * self.scale[place]
            for village in np.flatnonzero(units).tolist():
                value[village] += int(units[village]) * weight
        return [
            np.array(
                [
                    min(2**60, (cost * self.whole * free.pool.commodity.reference_price << 16) // max(1, of))
                    for cost, of in zip(self.cost_of, value, strict=True)
                ],
                dtype=np.int64,
            )
            for free in self.pools
        ]

    def _used(self, given: Sequence[Ints]) -> Mask:
        used = np.ones(len(self.cost_of), dtype=np.bool_)
        used[self.optional] = False
        for free, amounts in zip(self.pools, given, strict=True):
            used[free.village[amounts > 0]] = True
        return used

    def _goods(self, flows: Sequence[Cheapest]) -> int:
        return sum(
            scale * dot(flow.given, free.cost)
            for free, flow, scale in zip(self.pools, flows, self.scale, strict=True)
        )

    def _stops(self, opened: Mask) -> int:
        return sum(cost for cost, is_open in zip(self.cost_of, opened.tolist(), strict=True) if is_open)

    def _closed_one(self) -> bool:
        """Close the first village whose closing helps, most promising first."""
        bounds = []
        for village in self.optional:
            if self.open[village]:
                loss = self._least_loss(village)
                if loss is not None and loss < self.cost_of[village] * self.whole:
                    bounds.append((loss - self.cost_of[village] * self.whole, village))
        return any(self._closes(village) for _, village in sorted(bounds))

    def _least_loss(self, village: int) -> int | None:
        total = 0
        for place, free in enumerate(self.pools):
            lots = free.village == village
            loss = closing_loss(free, self.now[place], lots, self.open[free.village])
            if loss is None:
                return None
            total += loss * self.scale[place]
        return total

    def _closes(self, village: int) -> bool:
        self.tries += 1
        opened = self.open.copy()
        opened[village] = False
        budget, changed = self.cost_of[village] * self.whole, {}
        for place, free in enumerate(self.pools):
            given = self.now[place].given
            lots = free.village == village
            if not given[lots].any():
                continue
            kept = np.where(lots, 0, given)
            rest = np.where(opened[free.village], free.stock - kept, 0)
            found = cheapest(free, rest, free.cost, kept)
            budget -= (dot(found.given, free.cost) - dot(given, free.cost)) * self.scale[place]
            if found.amount < self.most[place] or budget <= 0:
                return False
            changed[place] = found
        self._accept(opened, changed)
        return True

    def _opened_one(self) -> bool:
        """Open the first village whose opening helps, most promising first."""
        bounds = []
        for village in self.optional:
            if not self.open[village]:
                gain = sum(
                    opening_gain(free, self.now[place], free.village == village) * self.scale[place]
                    for place, free in enumerate(self.pools)
                )
                if gain > self.cost_of[village] * self.whole:
                    bounds.append((self.cost_of[village] * self.whole - gain, village))
        return any(self._opens(village) for _, village in sorted(bounds))

    def _opens(self, village: int) -> bool:
        self.tries += 1
        opened = self.open.copy()
        opened[village] = True
        saved, changed = 0, {}
        for place, free in enumerate(self.pools):
            given = self.now[place].given
            lots = free.village == village
            if not free.stock[lots].any():
                continue
            found = cheapest(free, np.where(lots, free.stock, given), free.cost)
            saved += (dot(given, free.cost) - dot(found.given, free.cost)) * self.scale[place]
            changed[place] = found
        if saved <= self.cost_of[village] * self.whole:
            return False
        self._accept(opened, changed)
        return True

    def _accept(self, opened: Mask, changed: Mapping[int, Cheapest]) -> None:
        self.open = opened
        for place in range(len(self.pools)):
            self.now[place] = self._solved(place, opened) if place in changed else self.now[place]


def chosen(pools: Sequence[Free], cost_of: list[int], optional: list[int], must: Mask) -> tuple[Mask, int]:
    """The open villages, and how many tries the search took. `must`: those open whatever they deliver."""
    search = Search(pools, cost_of, optional, must)
    search.run()
    unused = [village for village in optional if search.open[village]]
    return search.open & (must | np.isin(np.arange(len(must)), unused)), search.tries


__all__ = ["NEVER", "chosen", "effective_costs"]
