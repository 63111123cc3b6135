"""From flows to lines: who serves whom, with hardly more lines than lots and demands together."""

import numpy as np

from services.cooperative.sharing.engine.eligibility import Pool
from services.cooperative.sharing.engine.flow import Flow, Ints

Lines = tuple[Ints, Ints, Ints]
"""Lot, demand (both by their place in the pool), quantity."""


def lines_of(pool: Pool, given: Ints, flow: Flow, demands: Ints, taken: Ints | None = None) -> Lines:
    """`given`: of each lot; `flow`: over a network that begins with the pool's; `demands`: each one's most.

    `taken`: what each demand takes, where that was decided; else what each cap took goes to its demands in order.
    """
    arcs = len(pool.network.tails)
    at_cap = flow.taken()[: pool.network.size]
    if taken is None:
        taken = _shared_out(pool.node_of, demands, at_cap)
    on_arcs = flow.on_arcs()[:arcs]
    entering = np.flatnonzero((pool.network.tails < pool.types) & (on_arcs > 0))
    lots, into, quantity = _into_caps(pool, given, entering, on_arcs[entering])
    order = np.argsort(into, kind="stable")
    wanted = np.flatnonzero(taken > 0)
    wanted = wanted[np.argsort(pool.node_of[wanted], kind="stable")]
    place, demand, amount = overlaid(quantity[order], taken[wanted])
    return added(lots[order][place], wanted[demand], amount, len(pool.demands))


def _into_caps(pool: Pool, given: Ints, arcs: Ints, amount: Ints) -> Lines:
    """Each type's lots laid over the caps that the type enters: lot, cap, quantity."""
    lots = np.flatnonzero(given > 0)
    lots = lots[np.argsort(pool.type_of[lots], kind="stable")]
    arcs_in_order = np.argsort(pool.network.tails[arcs], kind="stable")
    arcs, amount = arcs[arcs_in_order], amount[arcs_in_order]
    place, arc, quantity = overlaid(given[lots], amount)
    return lots[place], pool.network.heads[arcs[arc]], quantity


def overlaid(left: Ints, right: Ints) -> Lines:
    """Two rows of pieces of one length laid over each other: which piece of each, and how much of both."""
    ends_left, ends_right = np.cumsum(left), np.cumsum(right)
    ends = np.union1d(ends_left, ends_right)
    begins = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1]))
    width = ends - begins
    kept = width > 0
    begins, width = begins[kept], width[kept]
    return (
        np.searchsorted(ends_left, begins, side="right"),
        np.searchsorted(ends_right, begins, side="right"),
        width,
    )


def _shared_out(node_of: Ints, demands: Ints, at_cap: Ints) -> Ints:
    """What a cap took, given to its demands one after the other."""
    order = np.argsort(node_of, kind="stable")
    wanted, node = demands[order], node_of[order]
    before = np.cumsum(wanted) - wanted
    begins = np.flatnonzero(np.diff(node, prepend=-1))
    inside = before - np.repeat(before[begins], np.diff(np.append(begins, len(node))))
    taken = np.zeros_like(demands)
    taken[order] = np.clip(at_cap[node] - inside, 0, wanted)
    return taken


def added(lots: Ints, demands: Ints, quantity: Ints, count: int) -> Lines:
    """One line per lot and demand."""
    if not len(lots):
        return lots, demands, quantity
    keys, inverse = np.unique(lots * count + demands, return_inverse=True)
    total = np.zeros(len(keys), dtype=np.int64)
    np.add.at(total, inverse.reshape(-1), quantity)
    return keys // count, keys % count, total
