"""Flows of whole numbers through a small network, and the cuts that name who is stuck (OR-Tools' max-flow)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Network:
    """Nodes 0..size-1 and arcs between them; an arc that has no limit of its own has `size_of_all`."""

    size: int
    tails: Ints
    heads: Ints
    limits: Ints

    def inside(self, nodes: Mask) -> "Network":
        """The same nodes with only the arcs whose both ends are among `nodes`."""
        kept = nodes[self.tails] & nodes[self.heads]
        return Network(self.size, self.tails[kept], self.heads[kept], self.limits[kept])


class Flow:
    """The most that can be carried from what stands at each node (`supply`) to what each node takes (`room`)."""

    def __init__(self, network: Network, supply: Ints, room: Ints) -> None:
        source, sink = network.size, network.size + 1
        self._supplied, self._roomy = np.flatnonzero(supply), np.flatnonzero(room)
        self._inner = len(network.tails)
        self.size = network.size
        tails = (network.tails, np.full(len(self._supplied), source), self._roomy)
        heads = (network.heads, self._supplied, np.full(len(self._roomy), sink))
        limits = np.concatenate((network.limits, supply[self._supplied], room[self._roomy]))
        self._solver: Any = max_flow.SimpleMaxFlow()
        self.value = 0
        self._solved = len(self._supplied) > 0 and len(self._roomy) > 0
        if self._solved:
            self._solver.add_arcs_with_capacity(np.concatenate(tails), np.concatenate(heads), limits)
            status = self._solver.solve(source, sink)
            if status != max_flow.SimpleMaxFlow.OPTIMAL:
                raise OverflowError(f"the flow solver says {status}")
            self.value = int(self._solver.optimal_flow())
        self._source, self._sink, self._room, self._supply = source, sink, room, supply

    def stuck(self) -> Mask:
        """The nodes of the smallest min cut: what stands there cannot all be carried away."""
        if not self._solved:
            return self._supply > 0
        return self._mask(self._solver.get_source_side_min_cut())

    def open(self, network: Network) -> Mask:
        """The nodes from which one more unit could still be carried."""
        if not self._solved:
            return _reaching(network, self._room > 0)
        return self._mask(self._solver.get_sink_side_min_cut())

    def on_arcs(self) -> Ints:
        """What flows on each arc of the network."""
        return self._flows(0, self._inner)

    def taken(self) -> Ints:
        """What each node's own room took, by node."""
        taken = np.zeros(self.size, dtype=np.int64)
        taken[self._roomy] = self._flows(self._inner + len(self._supplied), len(self._roomy))
        return taken

    def _flows(self, first: int, count: int) -> Ints:
        if not self._solved:
            return np.zeros(count, dtype=np.int64)
        flows: Ints = np.asarray(self._solver.flows(np.arange(first, first + count)), dtype=np.int64)
        return flows

    def _mask(self, nodes: list[int]) -> Mask:
        mask = np.zeros(self.size + 2, dtype=np.bool_)
        mask[nodes] = True
        return mask[: self.size]


def _reaching(network: Network, targets: Mask) -> Mask:
    reaching = targets.copy()
    while True:
        more = network.tails[reaching[network.heads] & ~reaching[network.tails] & (network.limits > 0)]
        if not len(more):
            return reaching
        reaching[more] = True
