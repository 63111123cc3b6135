"""Step 8: first expired, first out among one seller's own lots that are alike but for their dates.

Across sellers it is not done: it would pay to lie about dates.
"""

import numpy as np

from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.lines import Lines, added, overlaid
from services.cooperative.sharing.engine.steps import lacking
from services.cooperative.sharing.engine.today import Free


def first_expired(free: Free, stock: Ints, lines: Lines) -> Lines:
    """The same lines, taken from the earlier of alike lots. `stock`: of each lot what it may give."""
    given = np.zeros(len(stock), dtype=np.int64)
    np.add.at(given, lines[0], lines[2])
    moved = {}
    need = lacking(free)
    for places in _alike(free, stock, given):
        own = np.array(places)
        poured = _poured(
            int(given[own].sum()), stock[own].tolist(), need[own].tolist(), free.pool.lots[places[0]].step
        )
        if poured is not None and poured != given[own].tolist():
            moved[tuple(places)] = poured
    return _relabelled(lines, moved)


def _alike(free: Free, stock: Ints, given: Ints) -> list[list[int]]:
    """Those of the pool's alike lots that may give, where more than one may and some do."""
    may = [[place for place in places if stock[place]] for places in free.pool.alike]
    return [places for places in may if len(places) > 1 and given[places].any()]


def _poured(amount: int, stock: list[int], need: list[int], step: int) -> list[int] | None:
    """The amount, first into the first; each gets nothing or what it lacks to its minimum. None where that fails."""
    poured, left = [], amount
    for has, lacks in zip(stock, need, strict=True):
        own = min(has, left)
        poured.append(own if own >= max(lacks, step) else 0)
        left -= poured[-1]
    return poured if not left else _with_last(amount, stock, need)


def _with_last(amount: int, stock: list[int], need: list[int]) -> list[int] | None:
    """Where the last one would stay below its minimum: it gets that, and those before it leave so much."""
    for count in range(1, len(stock) + 1):
        if sum(stock[:count]) >= amount:
            poured = [0] * (count - 1) + [need[count - 1]] + [0] * (len(stock) - count)
            left = amount - need[count - 1]
            for place in range(count - 1):
                poured[place] = min(stock[place], left)
                left -= poured[place]
            fine = all(own == 0 or own >= lacks for own, lacks in zip(poured, need, strict=True))
            return poured if fine and not left else None
    return None


def _relabelled(lines: Lines, moved: dict[tuple[int, ...], list[int]]) -> Lines:
    if not moved:
        return lines
    lot, demand, amount = lines
    touched = np.isin(lot, [place for places in moved for place in places])
    parts = [tuple(column[~touched] for column in lines)]
    for places, poured in moved.items():
        rows = np.flatnonzero(np.isin(lot, places))
        giver, row, quantity = overlaid(np.array(poured, dtype=np.int64), amount[rows])
        parts.append((np.array(places, dtype=np.int64)[giver], demand[rows[row]], quantity))
    lots, demands, amounts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return added(lots, demands, amounts, int(demand.max()) + 1)
