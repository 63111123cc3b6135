"""Step 7: buyers in shortage. Priority class first, then equal fill ratio inside the class; sellers' totals stay."""

from collections.abc import Callable

import numpy as np

from services.cooperative.sharing.engine.filling import Filling, Position
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask, Network
from services.cooperative.sharing.engine.lines import Lines, lines_of
from services.cooperative.sharing.engine.today import Free

FINE = 82
"""Bits of a ratio: two different ratios of quantities up to 10^12 differ by more than 2^-82."""


class ByRatio:
    """Each next step goes to the demand with the lowest ratio of filled to wanted; what is filled already counts."""

    def __init__(self, wanted: Ints, filled: Ints, most: Ints, rank: Ints, size: int) -> None:
        self.wanted, self.filled, self.most, self.rank, self.size = wanted, filled, most, rank, size
        self.bits = 62 - int(wanted.max(initial=1)).bit_length()

    def _of(self, members: Mask | Ints) -> "ByRatio":
        columns = (self.wanted, self.filled, self.most, self.rank)
        wanted, filled, most, rank = (column[members] for column in columns)
        own = ByRatio(wanted, filled, most, rank, self.size)
        own.bits = self.bits
        return own

    def top(self, _members: Mask) -> Position:
        return 1 << FINE, 0

    def at(self, position: Position) -> Ints:
        level, rank = position
        steps = self._steps(level)
        if rank:
            steps = np.where(self.rank < rank, self._steps(level + 1), steps)
        return steps

    def last(self, members: Mask, budget: int) -> Position:
        own = self._of(members)
        coarse = 1 << (FINE - own.bits)
        low = _last(0, 1 << own.bits, lambda level: int(own._coarse(level).sum()) <= budget)
        undecided = own._coarse(low + 1) > own._coarse(low)
        few = own._of(undecided)
        sure = int(own._coarse(low)[~undecided].sum())
        fine = _last(
            low * coarse, (low + 1) * coarse, lambda level: sure + int(few._exact(level).sum()) <= budget
        )
        at = few._exact(fine)
        turn = np.argsort(few.rank)
        more = np.cumsum((few._exact(fine + 1) - at)[turn])
        return fine, int(few.rank[turn[np.searchsorted(more, budget - sure - int(at.sum()), side="right")]])

    def _steps(self, level: int) -> Ints:
        """Of each demand the steps that begin below this level, exactly."""
        down = level >> (FINE - self.bits)
        steps = self._coarse(down)
        undecided = np.flatnonzero(self._coarse(down + 1) > steps)
        few = self._of(undecided)
        steps[undecided] = few._exact(level)
        return steps

    def _coarse(self, level: int) -> Ints:
        begun = -(-self.wanted * level >> self.bits)
        steps: Ints = np.clip(-((self.filled - begun) // self.size), 0, self.most)
        return steps

    def _exact(self, level: int) -> Ints:
        columns = zip(self.wanted.tolist(), self.filled.tolist(), self.most.tolist(), strict=True)
        steps = [
            min(most, max(0, -((filled + (-wanted * level >> FINE)) // self.size)))
            for wanted, filled, most in columns
        ]
        return np.array(steps, dtype=np.int64)


def _last(low: int, high: int, within: Callable[[int], bool]) -> int:
    """The last level that is within, where the low one is and the high one is not."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if within(middle) else (low, middle)
    return low


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
