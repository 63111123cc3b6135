"""Filling in order: everybody's part grows along one order until a min cut says who is stuck; the others go on.

Water-filling on flows (Megiddo 1974; Frank and Murota, decreasing minimization): in the order of levels the
result is leximin, in the order of prices it is the cheapest flow. Whole numbers only.
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from services.cooperative.sharing.engine.flow import Flow, Ints, Mask, Network

Position = tuple[int, int]


class Order(Protocol):
    """How parts grow: `at` a later position nobody has less."""

    most: Ints

    def top(self, members: Mask, /) -> Position: ...
    def at(self, position: Position) -> Ints: ...
    def last(self, members: Mask, budget: int) -> Position:
        """The last position at which the members' parts together stay within the budget."""
        ...


@dataclass(frozen=True)
class Group:
    """Who was stuck together, and where."""

    position: Position
    members: Ints


@dataclass
class Filling:
    """A network being filled part by part. `fixed`: what stands at each node already; dead nodes are full."""

    network: Network
    room: Ints
    fixed: Ints
    alive: Mask = field(init=False)
    closings: list[Position] = field(default_factory=list)
    closing_of: Ints = field(init=False)
    """Of each node: which of the closings made it dead, -1 for none."""

    def __post_init__(self) -> None:
        self.closing_of = np.full(self.network.size, -1, dtype=np.int64)
        self.alive = np.ones(self.network.size, dtype=np.bool_)
        self._part = self.network
        self.flows = 0

    def fill(self, order: Order, nodes: Ints) -> tuple[Ints, list[Group]]:
        """What each gets, standing at `nodes`; and the groups that were stuck before they had their most."""
        amounts = np.zeros(len(nodes), dtype=np.int64)
        groups: list[Group] = []
        active = self.alive[nodes] & (order.most > 0)
        while active.any():
            top = order.top(active)
            position, flow = self._furthest(order, nodes, active, top)
            at = order.at(position)
            stopped = active if position == top else active & ~flow.open(self._part)[nodes]
            amounts[stopped] = at[stopped]
            np.add.at(self.fixed, nodes[stopped], at[stopped])
            if position != top:
                groups.append(Group(position, np.flatnonzero(stopped)))
                self._close(~flow.open(self._part), position)
            active = active & ~stopped
        return amounts, groups

    def _furthest(self, order: Order, nodes: Ints, active: Mask, top: Position) -> tuple[Position, Flow]:
        """Newton's steps on the cut: from the top down to the last position that can be carried."""
        position = top
        standing = np.where(self.alive, self.fixed, 0)
        while True:
            at = order.at(position)
            supply = standing.copy()
            np.add.at(supply, nodes[active], at[active])
            flow = Flow(self._part, supply, np.where(self.alive, self.room, 0))
            self.flows += 1
            if flow.value == int(supply.sum()):
                return position, flow
            stuck = flow.stuck()
            budget = flow.value - int(supply[~stuck].sum()) - int(standing[stuck].sum())
            position = order.last(active & stuck[nodes], budget)

    def _close(self, dead: Mask, position: Position) -> None:
        """Dead nodes are left out from now on; what a dead node sends to a living one stands there."""
        dead = dead & self.alive
        self.closing_of[dead] = len(self.closings)
        self.closings.append(position)
        over = dead[self._part.tails] & ~dead[self._part.heads]
        np.add.at(self.fixed, self._part.heads[over], self._part.limits[over])
        self.alive = self.alive & ~dead
        self._part = self._part.inside(self.alive)


class ByLevel:
    """Everybody has min(most, level - start): those with the lowest start first, then all evenly, odd units by rank.

    `start` and `most` are in units; with `step`, parts grow by whole steps and are counted in steps.
    """

    def __init__(self, start: Ints, most: Ints, rank: Ints, step: int = 1) -> None:
        self.start, self.most, self.rank, self.step = start, most, rank, step

    def level(self, level: int) -> Ints:
        return np.clip(-((self.start - level) // self.step), 0, self.most)

    def top(self, members: Mask) -> Position:
        return int((self.start + self.most * self.step)[members].max()), 0

    def at(self, position: Position) -> Ints:
        level, rank = position
        return np.where(self.rank < rank, self.level(level + 1), self.level(level))

    def last(self, members: Mask, budget: int) -> Position:
        start, most, rank = self.start[members], self.most[members], self.rank[members]
        part = ByLevel(start, most, rank, self.step)
        low, high = int(start.min()), int((start + most * self.step).max())
        if int(most.sum()) <= budget:
            return high, 0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if int(part.level(middle).sum()) <= budget else (low, middle)
        at = part.level(low)
        more = part.level(low + 1) - at
        turn = np.argsort(rank)
        turn = turn[more[turn] > 0]
        taken = int(np.searchsorted(np.cumsum(more[turn]), budget - int(at.sum()), side="right"))
        return low, int(rank[turn[taken]])


class InTurn:
    """One after the other, each all it has: in the order of the array."""

    def __init__(self, most: Ints) -> None:
        self.most = most
        self.before = np.cumsum(most) - most

    def top(self, members: Mask) -> Position:
        return int((self.before + self.most)[members].max()), 0

    def at(self, position: Position) -> Ints:
        parts: Ints = np.clip(position[0] - self.before, 0, self.most)
        return parts

    def last(self, members: Mask, budget: int) -> Position:
        own = np.flatnonzero(members)
        total = np.cumsum(self.most[own])
        place = int(np.searchsorted(total, budget, side="right"))
        within = budget - (int(total[place - 1]) if place else 0)
        return int(self.before[own[place]]) + within, 0
