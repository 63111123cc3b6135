"""Step 7: buyers in shortage. Priority class first, then equal fill ratio inside the class; sellers' totals stay."""

import numpy as np

from services.cooperative.sharing.engine.filling import Filling, Position
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask, Network
from services.cooperative.sharing.engine.lines import Lines, lines_of
from services.cooperative.sharing.engine.today import Free

SMALL = 2**31


class ByRatio:
    """Demands grow to one ratio of filled to wanted, by steps of one size; what is filled already counts."""

    def __init__(self, wanted: Ints, filled: Ints, most: Ints, rank: Ints, size: int) -> None:
        self.wanted, self.filled, self.most, self.rank, self.size = wanted, filled, most, rank, size
        largest = max(int(wanted.max(initial=1)), 1)
        self.kind = np.dtype(np.int64 if largest < SMALL else object)
        self.whole = 2**62 // largest if largest < SMALL else 2**82

    def _level(self, level: int, members: Mask | slice) -> Ints:
        wanted, filled = self.wanted[members].astype(self.kind), self.filled[members].astype(self.kind)
        steps = (wanted * level // self.whole - filled) // self.size
        return np.minimum(np.maximum(steps, 0), self.most[members]).astype(np.int64)

    def top(self, members: Mask) -> Position:
        return self.whole, 0

    def at(self, position: Position) -> Ints:
        level, rank = position
        if level >= self.whole:
            return self.most
        return np.where(self.rank < rank, self._level(level + 1, slice(None)), self._level(level, slice(None)))

    def last(self, members: Mask, budget: int) -> Position:
        low, high = 0, self.whole
        while high - low > 1:
            middle = (low + high) // 2
            within = int(self._level(middle, members).sum()) <= budget
            low, high = (middle, high) if within else (low, middle)
        at = self._level(low, members)
        upper = self._level(high, members) if high < self.whole else self.most[members]
        rank = self.rank[members]
        turn = np.argsort(rank)
        taken = int(np.searchsorted(np.cumsum((upper - at)[turn]), budget - int(at.sum()), side="right"))
        return low, int(rank[turn[taken]])


def shared_among_buyers(free: Free, lines: Lines, rank: Ints) -> Lines:
    """The same totals of all lots, with the shortage borne as the rule says. `rank`: of each demand, in ties."""
    pool = free.pool
    filled = free.filled.copy()
    taken = np.zeros_like(filled)
    np.add.at(taken, lines[1], lines[2])
    if not len(lines[0]) or not (taken < free.open_quantity).any():
        return lines
    changed = []
    for size in np.unique(pool.step[lines[0]])[::-1].tolist():
        own = pool.step[lines[0]] == size
        given = np.zeros(len(pool.lots), dtype=np.int64)
        np.add.at(given, lines[0][own], lines[2][own])
        more = _of_size(free, size, given // size, filled, rank)
        if int(more[2].sum()) != int(given.sum()):
            return lines
        changed.append(more)
        np.add.at(filled, more[1], more[2])
    lot, demand, amount = (np.concatenate(column) for column in zip(*changed, strict=True))
    return lot, demand, amount


def _of_size(free: Free, size: int, given: Ints, filled: Ints, rank: Ints) -> Lines:
    """Lots of one step size: the network turned round, so that demands fill up from what lots give."""
    pool = free.pool
    network = Network(pool.network.size, pool.network.heads, pool.network.tails, pool.network.limits)
    room = np.zeros(network.size, dtype=np.int64)
    own = given > 0
    np.add.at(room, pool.type_of[own], given[own])
    most = np.maximum(free.open_quantity - (filled - free.filled), 0) // size
    filling = Filling(network, room, np.zeros(network.size, dtype=np.int64))
    taken = np.zeros_like(most)
    priority = np.array([one.priority for one in pool.demands], dtype=np.int64)
    for turn in np.unique(priority).tolist():
        mine = np.flatnonzero(priority == turn)
        order = ByRatio(pool.wanted[mine], filled[mine], most[mine], rank[mine], size)
        taken[mine], _ = filling.fill(order, pool.node_of[mine])
    supply = np.zeros(network.size, dtype=np.int64)
    np.add.at(supply, pool.type_of[own], given[own])
    flow = Flow(pool.network, supply, pool.room(taken))
    if flow.value < int(given.sum()):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    lot, demand, amount = lines_of(pool, given, flow, taken, taken)
    return lot, demand, amount * size
