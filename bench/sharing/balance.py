"""Floors under the villages' imbalance: what steps leave, and what it costs at least to stay near every hak.

The rule itself could hand out each day's hak where a stop costs nothing and steps are one unit, so nothing but steps
bounds the imbalance at any price. What bounds it is the price: with multipliers of one linear program over all days
every day falls apart, and the exact optima of the days (their proved bounds) add up to the least cost (Lagrange).
"""

from collections.abc import Mapping, Sequence
from math import gcd

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from bench.sharing.limits import MILLION, optimum, program
from bench.sharing.season import Known
from bench.sharing.wall import Joined


def least_by_steps(days: Sequence[Known], hak: Mapping[str, int]) -> float:
    """Kilograms a village at least, mean: what it gives is a multiple of its lots' steps, its hak need not be."""
    steps = dict.fromkeys(hak, 0)
    for one in days:
        for lot in one.day.batch.lots.values():
            steps[lot.village] = gcd(steps[lot.village], lot.step)
    apart = [min(due % (steps[name] or 1), -due % (steps[name] or 1)) for name, due in hak.items()]
    return sum(apart) / len(apart) / 1000


def least_cost(days: Sequence[Known], hak: Mapping[str, int], apart: float) -> float:
    """Rupiah that every full season costs at least whose villages' distances from their hak sum to at most `apart`."""
    price = _prices(days, hak, apart)
    total = sum(price[name] * hak[name] for name in price) - max(map(abs, price.values())) * apart
    for one in days:
        lots = one.day.batch.lots
        bonus = {
            name: price[lot.village] * one.day.batch.commodities[lot.commodity].per
            for name, lot in lots.items()
        }
        total += optimum(one.day.batch, one.day.markets, bonus=bonus).bound
    return total


def _prices(days: Sequence[Known], hak: Mapping[str, int], apart: float) -> dict[str, float]:
    """What one unit more from a village would save or cost the season: any numbers give a bound, these the best."""
    joined = Joined([program(one.day.batch, one.day.markets) for one in days])
    count = len(hak)
    given = joined.given(days, {name: row for row, name in enumerate(hak)}, lambda lot: lot.village)
    both = hstack([given, eye_array(count), -eye_array(count)])
    width = given.shape[1]
    summed = csr_array(np.array([[0.0] * width + [1.0] * (2 * count)]))
    equal = csr_array(both), [due / MILLION for due in hak.values()]
    found = joined.solved((summed, [apart / MILLION]), equal, more=2 * count)
    return dict(zip(hak, (found.eqlin.marginals[-count:] / MILLION).tolist(), strict=True))
