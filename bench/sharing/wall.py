"""A proof that fairness over the days costs so much: no full season that gives everyone his part is cheaper.

The multipliers of one linear program over all days (whole stops relaxed) price each seller's part; with them every
day falls apart, and its exact optimum (MILP, its proved bound) makes the sum a lower bound for any season (Lagrange).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_array, csr_array, vstack

from bench.sharing.limits import MILLION, Program, optimum, program, silenced
from bench.sharing.rules import Key
from bench.sharing.season import Known


@dataclass
class Joined:
    """The programs of all days side by side, each row either an equation or an upper bound."""

    programs: list[Program] = field(default_factory=list)

    def columns(self) -> list[int]:
        return [0, *accumulate(len(one.costs) for one in self.programs)]

    def part(self, equal: bool) -> tuple[csr_array, list[float]]:
        blocks, limits = [], list[float]()
        for one in self.programs:
            at, of, value = zip(*one.rows, strict=True)
            matrix = coo_array((value, (at, of)), shape=(len(one.low), len(one.costs))).tocsr()
            wanted = [row for row, low in enumerate(one.low) if np.isfinite(low) == equal]
            blocks.append(matrix[wanted])
            limits += [one.high[row] for row in wanted]
        return csr_array(block_diag(blocks)), limits


def multipliers(days: Sequence[Known], need: Mapping[Key, int]) -> dict[Key, float]:
    """What one more unit of a seller's part costs the season, per unit."""
    joined = Joined([program(one.day.batch, one.day.markets) for one in days])
    keys = [key for key, amount in need.items() if amount > 0]
    place = {key: row for row, key in enumerate(keys)}
    rows, of = [], []
    for start, one, known in zip(joined.columns(), joined.programs, days, strict=False):
        for column, name in one.lots.items():
            lot = known.day.batch.lots[name]
            if (lot.seller, lot.commodity) in place:
                rows.append(place[lot.seller, lot.commodity])
                of.append(start + column)
    coupling = coo_array((-np.ones(len(rows)), (rows, of)), shape=(len(keys), joined.columns()[-1])).tocsr()
    below, limits = joined.part(equal=False)
    equal, values = joined.part(equal=True)
    with silenced():
        found = linprog(
            [cost for one in joined.programs for cost in one.costs],
            A_ub=vstack([below, coupling]),
            b_ub=limits + [-need[key] / MILLION for key in keys],
            A_eq=equal,
            b_eq=values,
            bounds=[(0, top) for one in joined.programs for top in one.upper],
            method="highs",
        )
    if found.x is None:
        raise RuntimeError(f"LP: {found.message}")
    priced = -found.ineqlin.marginals[len(limits) :] / MILLION
    return dict(zip(keys, np.maximum(priced, 0.0).tolist(), strict=True))


def least_season(days: Sequence[Known], need: Mapping[Key, int]) -> float:
    """Rupiah that every full season costs at least in which each seller gets his part (`need`), stops included."""
    price = multipliers(days, need)
    total = sum(price[key] * need[key] for key in price)
    for one in days:
        bonus = {
            name: price.get((lot.seller, lot.commodity), 0.0) * one.day.batch.commodities[lot.commodity].per
            for name, lot in one.day.batch.lots.items()
        }
        total += optimum(one.day.batch, one.day.markets, bonus=bonus).bound
    return total
