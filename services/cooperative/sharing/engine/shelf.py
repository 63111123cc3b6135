"""Lines in one order, best first, laid out on the caps of their demands: which is the best that a type reaches?"""

from itertools import pairwise

import numpy as np

from services.cooperative.sharing.engine.eligibility import Pool
from services.cooperative.sharing.engine.flow import Ints


class Shelf:
    """`rows`: some of the lines, best first; `demand`: of every line. What is dropped is not found again."""

    def __init__(self, pool: Pool, demand: Ints, rows: Ints) -> None:
        self.rows, self._pool, self._end = rows, pool, len(rows)
        self._node = pool.node_of[demand[rows]]
        order = np.argsort(self._node, kind="stable")
        node = self._node[order]
        begins = np.flatnonzero(np.diff(node, prepend=-1))
        follows = node[1:] == node[:-1]
        self._first = np.full(pool.network.size, self._end)
        self._first[node[begins]] = order[begins]
        self._next = np.full(self._end, self._end)
        self._next[order[:-1][follows]] = order[1:][follows]
        self._caps: dict[int, list[Ints]] = {}

    def reached(self, lots: Ints) -> tuple[Ints, Ints]:
        """Those of the lots that reach a line, and the best line of each."""
        place = best_reached(self._pool, self._first, np.minimum, self._end)[self._pool.type_of[lots]]
        some = place < self._end
        return lots[some], self.rows[place[some]]

    def best(self, kind: int) -> int | None:
        """The place among `rows` of the best line that this type reaches and that was not dropped."""
        caps = self._caps.get(kind)
        if caps is None:
            caps = self._caps[kind] = self._reached_caps(kind)
        place = min(int(first.min()) for first in caps)
        return place if place < self._end else None

    def drop(self, place: int) -> None:
        """The best line of some type, as it was just found."""
        self._first[self._node[place]] = self._next[place]

    def _reached_caps(self, kind: int) -> list[Ints]:
        ends = {chain: span.stop for chain, span in enumerate(_chains(self._pool))}
        entries = self._pool.entry[kind].tolist()
        return [self._first[entry : ends[chain]] for chain, entry in enumerate(entries) if entry >= 0]


def best_reached(pool: Pool, of_node: Ints, best: np.ufunc, nothing: int) -> Ints:
    """Of each type: the best value among all caps that it reaches, `nothing` where it reaches none."""
    reached = of_node.copy()
    for chain in _chains(pool):
        reached[chain] = best.accumulate(reached[chain][::-1])[::-1]
    values = np.where(pool.entry >= 0, reached[np.maximum(pool.entry, 0)], nothing)
    result: Ints = best.reduce(values, axis=1, initial=nothing)
    return result


def _chains(pool: Pool) -> list[slice]:
    """The nodes of each chain, the cheapest cap first."""
    bounds = np.flatnonzero(np.diff(pool.chain_of[pool.types :], prepend=-1, append=-1)) + pool.types
    return [slice(int(begin), int(end)) for begin, end in pairwise(bounds)]
