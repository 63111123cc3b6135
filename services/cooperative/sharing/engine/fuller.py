"""Where steps and minimums stand in one another's way: one lot more, or one step more of a lot, if the others,
placed again around it, then fill more together.
"""

from dataclasses import replace
from itertools import product

import numpy as np

from services.cooperative.sharing.engine.flow import Flow, Ints, Mask
from services.cooperative.sharing.engine.lines import Lines
from services.cooperative.sharing.engine.placing import Placing

ENOUGH = 999
TRIES = 256
LOTS_IN_ALL = 6_000
"""Tries times lots: what a large pool may cost."""


def placed(placing: Placing, certain: Ints) -> Lines:
    """`certain`: of each lot what it is to give. Tried otherwise only where less than 99.9 % of it goes out."""
    lines = placing.lines(certain)
    most = int(np.minimum(certain, placing.stock).sum())
    if total(lines) * 1000 >= ENOUGH * most:
        return lines
    apart = placing.lines(certain, apart=True)
    return apart if total(apart) > total(lines) else lines


def fuller(placing: Placing, lines: Lines, most: int, among: Mask, searches: int = 1) -> Lines:
    """`most`: what can be carried without steps and minimums; `among`: lots that may be raised.

    `searches`: how many of them share what the pool may cost.
    """
    tries = min(TRIES, LOTS_IN_ALL // (len(placing.stock) * searches))
    may = among.copy()
    while tries and total(lines) * 1000 < ENOUGH * most:
        given = given_by(lines, placing)
        lot = _next(placing, given, may)
        if lot is None:
            break
        tries -= 1
        more = _raised(placing, given, lot)
        if more is None:
            may[lot] = False
        else:
            lines, may = more, among.copy()
    return lines


def total(lines: Lines) -> int:
    return int(lines[2].sum())


def given_by(lines: Lines, placing: Placing) -> Ints:
    given = np.zeros_like(placing.stock)
    np.add.at(given, lines[0], lines[2])
    return given


def _piece(placing: Placing, given: Ints) -> Ints:
    """Of each lot: its step, or what it lacks to its minimum."""
    piece: Ints = np.maximum(placing.pool.step, placing.need - given)
    return piece


def _next(placing: Placing, given: Ints, may: Mask) -> int | None:
    """Of the lots from which one unit more could be carried: the one least raised beyond what step 5 gave it."""
    pool = placing.pool
    supply = np.zeros(pool.network.size, dtype=np.int64)
    np.add.at(supply, pool.type_of[given > 0], given[given > 0])
    open_ = Flow(pool.network, supply, pool.room(placing.free.open_quantity)).open(pool.network)
    piece = _piece(placing, given)
    lots = np.flatnonzero(may & (placing.stock - given >= piece) & pool.eligible)
    lots = lots[open_[pool.type_of[lots]]]
    over = (given + piece - placing.target)[lots]
    return int(lots[np.lexsort((placing.free.lot_rank[lots], over))[0]]) if len(lots) else None


def _raised(placing: Placing, given: Ints, lot: int) -> Lines | None:
    """That lot first, the others as they were as far as they still find room, then what is left to all."""
    certain, turn = given.copy(), placing.turn.copy()
    certain[lot] += _piece(placing, given)[lot]
    turn[lot] = -1
    around = replace(placing, turn=turn)
    for amounts, apart in product((around.trimmed(certain), certain), (True, False)):
        lines = around.lines(amounts, apart)
        if total(lines) > int(given.sum()):
            return lines
    return None
