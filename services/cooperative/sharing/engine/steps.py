"""Step 6: minimum lots and whole steps. Shares below their lot's minimum are released, the rest is rounded down,
and what that frees is handed back step by step to the largest shortfall.
"""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.dues import Given, given
from services.cooperative.sharing.engine.eligibility import Pool
from services.cooperative.sharing.engine.filling import ByLevel, Filling, InTurn
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask
from services.cooperative.sharing.engine.lines import Lines, lines_of
from services.cooperative.sharing.engine.today import Free

PASSES = 3


@dataclass(frozen=True)
class Rounded:
    """Lines in whole steps; `target`: of each lot what step 5 gave; `released`: lots that fell below their minimum."""

    lines: Lines
    target: Ints
    released: Mask


def lacking(free: Free) -> Ints:
    """Of each lot: what it lacks to its minimum, confirmed counted, in whole steps; 0 where one step will do."""
    step = free.pool.step
    lacks = -(-(free.pool.minimum - free.confirmed) // step) * step
    return np.where(lacks > step, lacks, 0)


def nothing_to_round(free: Free) -> Rounded:
    """Where nothing can be carried at all."""
    nothing = np.zeros(0, dtype=np.int64)
    none = np.zeros(len(free.stock), dtype=np.int64)
    return Rounded((nothing, nothing, nothing), none, none > 0)


def rounded(free: Free, stock: Ints, due: Ints, before: Given) -> Rounded:
    """`stock`: of each lot inside open villages; `before`: step 5's result with it."""
    need = lacking(free)
    released = np.zeros(len(stock), dtype=np.bool_)
    now = before.lots
    for _ in range(PASSES):
        low = (now > 0) & (now < need)
        if not low.any():
            break
        released |= _smallest(now, need, low, free.lot_rank)
        now = given(free, np.where(released, 0, stock), due).lots
    low = (now > 0) & (now < need)
    if low.any():
        last = _smallest(now, need, low, free.lot_rank)
        released |= last
        now = np.where(last, 0, np.where(low, need, now))
    lines = _in_steps(free, np.where(released, 0, stock), now, need)
    return Rounded(lines, before.lots, released)


def _smallest(now: Ints, need: Ints, low: Mask, rank: Ints) -> Mask:
    """Of the shares below their minimum, the smallest ones, as many as the others' minimums need freed."""
    lots = np.flatnonzero(low)
    share = (
        (now[lots] << 20) // need[lots]
        if int(now[lots].max()) < 2**42
        else now[lots] // np.maximum(need[lots] >> 20, 1)
    )
    lots = lots[np.lexsort((rank[lots], -share))]
    kept = np.cumsum(need[lots]) <= int(now[lots].sum())
    smallest = np.zeros(len(now), dtype=np.bool_)
    smallest[lots[~kept]] = True
    return smallest


def handed_back(free: Free, stock: Ints, lines: Lines, fresh: Mask) -> Lines:
    """The same lines with more stock: what is still open goes to whoever may serve it, `fresh` lots included."""
    now = np.zeros_like(stock)
    np.add.at(now, lines[0], lines[2])
    need = lacking(free)
    start = np.where(fresh & (now == 0) & (need <= stock), need, now)
    best = _in_steps(free, stock, now, need)
    other = _in_steps(free, stock, start, need)
    return best if int(best[2].sum()) >= int(other[2].sum()) else other


def _in_steps(free: Free, stock: Ints, target: Ints, need: Ints) -> Lines:
    """Step by step size, the largest first: what is to be given rounded down, then what the remainders allow."""
    pool = free.pool
    base = np.minimum(target, stock) // pool.step * pool.step
    sizes = np.unique(pool.step[stock > 0])[::-1].tolist()
    left = free.open_quantity.copy()
    lines: dict[int, Lines] = {}
    for size in sizes:
        own = pool.step == size
        lines[size] = _placed(
            pool, size, np.where(own, base, 0), np.zeros_like(base), target, left, free.lot_rank, need
        )
        np.subtract.at(left, lines[size][1], lines[size][2])
    for size in sizes:
        got = np.zeros_like(base)
        np.add.at(got, lines[size][0], lines[size][2])
        np.add.at(left, lines[size][1], lines[size][2])
        may = (pool.step == size) & (stock > 0) & ((got > 0) | (need <= size))
        more = np.where(may, stock - got, 0)
        lines[size] = _placed(pool, size, got, more, target, left, free.lot_rank, need)
        np.subtract.at(left, lines[size][1], lines[size][2])
    return _joined(list(lines.values()))


def _placed(
    pool: Pool, size: int, base: Ints, more: Ints, target: Ints, left: Ints, rank: Ints, need: Ints
) -> Lines:
    """The base for certain as far as it goes, then more to the largest shortfall; nothing below a minimum."""
    while True:
        lines = _steps_of(pool, size, base, more, target, left, rank)
        got = np.zeros_like(base)
        np.add.at(got, lines[0], lines[2])
        low = (got > 0) & (got < need)
        if not low.any():
            return lines
        base, more = np.where(low, 0, base), np.where(low, 0, more)


def _steps_of(pool: Pool, size: int, base: Ints, more: Ints, target: Ints, left: Ints, rank: Ints) -> Lines:
    units = left // size
    filling = Filling(pool.network, pool.room(units), np.zeros(pool.network.size, dtype=np.int64))
    given = np.zeros_like(base)
    lots = np.flatnonzero(base > 0)
    lots = lots[np.lexsort((rank[lots], pool.tier[lots]))]
    given[lots], _ = filling.fill(InTurn(base[lots] // size), pool.type_of[lots])
    lots = np.flatnonzero(more > 0)
    if len(lots):
        start = given[lots] * size - target[lots]
        got, _ = filling.fill(ByLevel(start, more[lots] // size, rank[lots], size), pool.type_of[lots])
        given[lots] += got
    supply = np.zeros(pool.network.size, dtype=np.int64)
    own = given > 0
    np.add.at(supply, pool.type_of[own], given[own])
    flow = Flow(pool.network, supply, pool.room(units))
    lot, demand, amount = lines_of(pool, given, flow, units)
    return lot, demand, amount * size


def _joined(lines: list[Lines]) -> Lines:
    if not lines:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    lot, demand, amount = (np.concatenate(column) for column in zip(*lines, strict=True))
    return lot, demand, amount
