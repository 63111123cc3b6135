"""Step 8: first expired, first out among one seller's own lots that are alike but for their dates.

Across sellers it is not done: it would pay to lie about dates.
"""

from itertools import combinations

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
        step = free.pool.lots[places[0]].step
        before = given[own].tolist()
        poured = earliest(before, stock[own].tolist(), need[own].tolist(), step)
        if poured != before:
            moved[tuple(places)] = poured
    return _relabelled(lines, moved)


def _alike(free: Free, stock: Ints, given: Ints) -> list[list[int]]:
    """Those of the pool's alike lots that may give, where more than one may and some do."""
    may = [[place for place in places if stock[place]] for places in free.pool.alike]
    return [places for places in may if len(places) > 1 and given[places].any()]


def earliest(given: list[int], stock: list[int], need: list[int], step: int) -> list[int]:
    """The same amount, as early as it can lie: no lot gives what one before it could take, alone, in its place.

    `need`: what each lacks to its minimum; it gives nothing or that, and at least a step.
    """
    need = [max(lacks, step) for lacks in need]
    amount = sum(given)
    return (
        _poured(amount, stock, need) or _with_last(amount, stock, need) or _pairwise(given, stock, need, step)
    )


def _poured(amount: int, stock: list[int], need: list[int]) -> list[int] | None:
    """First into the first; each gets nothing or what it lacks to its minimum. None where that fails."""
    poured, left = [], amount
    for has, lacks in zip(stock, need, strict=True):
        own = min(has, left)
        poured.append(own if own >= lacks else 0)
        left -= poured[-1]
    return None if left else poured


def _with_last(amount: int, stock: list[int], need: list[int]) -> list[int] | None:
    """Where the last one would stay below its minimum: it gets that, and those before it leave so much."""
    count = next(count for count in range(1, 1 + len(stock)) if sum(stock[:count]) >= amount)
    poured = [0] * len(stock)
    poured[count - 1] = need[count - 1]
    left = amount - need[count - 1]
    for place in range(count - 1):
        poured[place] = min(stock[place], left)
        left -= poured[place]
    fine = all(own == 0 or own >= lacks for own, lacks in zip(poured, need, strict=True))
    return poured if fine and not left else None


def _pairwise(given: list[int], stock: list[int], need: list[int], step: int) -> list[int]:
    """From a later lot to an earlier one, as long as one can give and the other take; each makes something earlier."""
    own = list(given)
    pairs = list(combinations(range(len(own)), 2))
    while True:
        found = ((early, late, _moved(own, stock, need, step, early, late)) for early, late in pairs)
        early, late, amount = next((one for one in found if one[2]), (0, 0, 0))
        if not amount:
            return own
        own[early] += amount
        own[late] -= amount


def _moved(own: list[int], stock: list[int], need: list[int], step: int, early: int, late: int) -> int:
    """What the later lot can leave to the earlier one: all, or what is above its own minimum."""
    room, least = stock[early] - own[early], step if own[early] else need[early]
    if least <= own[late] <= room:
        return own[late]
    part = min(room, own[late] - need[late])
    return part if part >= least else 0


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
