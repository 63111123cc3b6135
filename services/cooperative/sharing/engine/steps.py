"""Step 6: minimum lots and whole steps. Shares below their lot's minimum are released, the rest is rounded down,
and what that frees is handed back step by step to the largest shortfall.
"""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.dues import Given, given
from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.fuller import fuller, placed, total
from services.cooperative.sharing.engine.lines import Lines
from services.cooperative.sharing.engine.placing import Placing, turns
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
    turn = turns(free)
    lines = placed(Placing(free, np.where(released, 0, stock), now, need, turn), now)
    lines = fuller(Placing(free, stock, before.lots, need, turn), lines, int(before.lots.sum()), stock > 0)
    released[lines[0]] = False
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


def handed_back(free: Free, stock: Ints, now: Rounded, fresh: Mask, villages: int) -> Lines:
    """The same lines with more stock: what is still open goes to whoever may serve it, `fresh` lots included.

    `villages`: how many are tried so.
    """
    given = np.zeros_like(stock)
    np.add.at(given, now.lines[0], now.lines[2])
    need = lacking(free)
    start = np.where(fresh & (given == 0) & (need <= stock), need, given)
    turn = turns(free)
    best = placed(Placing(free, stock, given, need, turn), given)
    other = placed(Placing(free, stock, start, need, turn), start)
    best = best if total(best) >= total(other) else other
    placing = Placing(free, stock, now.target, need, turn)
    return fuller(placing, best, free.most, fresh & (stock > 0), villages)
