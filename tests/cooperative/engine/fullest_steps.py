"""The most that whole steps and minimums allow, by mixed-integer programming. Nothing of the engine in here."""

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.cooperative.engine.documents import Document, serves

Row = tuple[Any, float, float]
"""A row of coefficients, and the least and the most that it may come to."""


def fullest_in_steps(document: Document, commodity: str) -> int:
    """Of small markets without confirmed lines, all villages open. Unknown: steps per pair, and who gives at all."""
    lots = [one for one in document["lots"] if one["commodity"] == commodity]
    demands = [one for one in document["demands"] if one["commodity"] == commodity]
    pairs = [(i, j) for i, lot in enumerate(lots) for j, one in enumerate(demands) if serves(lot, one)]
    if not pairs:
        return 0
    sizes = np.array([lots[i].get("step", 1) for i, _ in pairs] + [0] * len(lots))
    most = np.array([np.inf] * len(pairs) + [1] * len(lots))
    rows = [*_of_demands(demands, pairs, sizes), *_of_lots(lots, pairs, sizes)]
    found = milp(
        -sizes,
        constraints=LinearConstraint(*(np.array(column) for column in zip(*rows, strict=True))),
        integrality=np.ones(len(most)),
        bounds=Bounds(np.zeros(len(most)), most),
        options={"mip_rel_gap": 0},
    )
    assert found.success, found.message
    return round(float(-found.fun))


def _of_demands(demands: list[Document], pairs: list[tuple[int, int]], sizes: Any) -> list[Row]:
    into = np.array([j for _, j in pairs] + [-1] * (len(sizes) - len(pairs)))
    return [(sizes * (into == place), 0, one["quantity"]) for place, one in enumerate(demands)]


def _of_lots(lots: list[Document], pairs: list[tuple[int, int]], sizes: Any) -> list[Row]:
    """Nothing, or between the lot's minimum and its stock in whole steps."""
    out_of = np.array([i for i, _ in pairs] + [-1] * len(lots))
    rows: list[Row] = []
    for place, lot in enumerate(lots):
        step, given = lot.get("step", 1), sizes * (out_of == place)
        gives = np.arange(len(sizes)) == len(pairs) + place
        rows.append((given - gives * (lot["quantity"] // step * step), -np.inf, 0))
        rows.append((given - gives * lot.get("minimum", 1), 0, np.inf))
    return rows
