"""A proof that fairness over the days costs so much: no full season that gives everyone his part is cheaper.

The multipliers of one linear program over all days (whole stops relaxed) price each seller's part; with them every
day falls apart, and its exact optimum (MILP, its proved bound) makes the sum a lower bound for any season (Lagrange).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_array, csr_array, hstack, vstack

from bench.sharing.limits import MILLION, Program, optimum, program, silenced
from bench.sharing.rules import Key
from bench.sharing.season import Known
from services.cooperative.sharing.verify.batch import Lot

Rows = tuple[csr_array, list[float]]


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

    def given(self, days: Sequence[Known], rows: Mapping[Any, int], whose: Callable[[Lot], Any]) -> csr_array:
        """One row each: the sum of what is taken from the lots that are his (or hers, or the village's)."""
        found = [
            (rows[whose(lot)], start + column)
            for start, one, known in zip(self.columns(), self.programs, days, strict=False)
            for column, name in one.lots.items()
            if whose(lot := known.day.batch.lots[name]) in rows
        ]
        at, of = zip(*found, strict=True) if found else ((), ())
        shape = (len(rows), self.columns()[-1])
        return coo_array((np.ones(len(found)), (at, of)), shape=shape).tocsr()

    def solved(self, below: Rows, equal: Rows | None, more: int = 0) -> Any:
        """The cheapest of all days at once that keeps these rows too, whose last `more` columns are free of cost."""
        ours, limits = self.part(equal=False)
        exact, values = self.part(equal=True)
        rows, sums = equal or (csr_array((0, self.columns()[-1] + more)), [])
        with silenced():
            found = linprog(
                [cost for one in self.programs for cost in one.costs] + [0.0] * more,
                A_ub=vstack([_widened(ours, more), below[0]]),
                b_ub=limits + below[1],
                A_eq=vstack([_widened(exact, more), rows]),
                b_eq=values + sums,
                bounds=[(0, top) for one in self.programs for top in one.upper] + [(0, None)] * more,
                method="highs",
            )
        if found.x is None:
            raise RuntimeError(f"LP: {found.message}")
        return found


def _widened(matrix: csr_array, more: int) -> csr_array:
    return csr_array(hstack([matrix, csr_array((matrix.shape[0], more))])) if more else matrix


def multipliers(days: Sequence[Known], need: Mapping[Key, int]) -> dict[Key, float]:
    """What one more unit of a seller's part costs the season, per unit."""
    joined = Joined([program(one.day.batch, one.day.markets) for one in days])
    keys = [key for key, amount in need.items() if amount > 0]
    given = joined.given(
        days, {key: row for row, key in enumerate(keys)}, lambda lot: (lot.seller, lot.commodity)
    )
    found = joined.solved((-given, [-need[key] / MILLION for key in keys]), None)
    priced = -found.ineqlin.marginals[-len(keys) :] / MILLION if keys else np.zeros(0)
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
