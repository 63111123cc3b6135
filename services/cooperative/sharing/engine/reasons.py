"""One reason per lot and per demand: the first that applies, in the order in which a lot comes to its share."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from services.cooperative.sharing.engine.batch import Batch, Lot
from services.cooperative.sharing.engine.dues import unpaid_dues
from services.cooperative.sharing.engine.eligibility import Pool, in_season
from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.solve import Opening, Shared

Rows = list[dict[str, Any]]


def lot_rows(
    batch: Batch,
    opening: Opening,
    shared: Mapping[str, Shared],
    fixed: Mapping[str, Rows],
    answers: Sequence[Mapping[str, Any]],
) -> Rows:
    """Every lot with what it gives and why not more."""
    answered = {answer["lot"] for answer in answers if answer["kind"] != "accepted"}
    hak_of_lots: dict[str, int] = {}
    for row in fixed["hak_lines"]:
        hak_of_lots[row["lot"]] = hak_of_lots.get(row["lot"], 0) + row["hak"]
    dues: dict[str, dict[str, Any]] = {name: {} for name in shared}
    for row in fixed["sellers"]:
        dues[row["commodity"]][row["seller"]] = row
    rows = []
    for name, one in shared.items():
        stuck = [row for row in fixed["bottlenecks"] if row["commodity"] == name]
        rows += _Reasons(
            batch, opening, one, hak_of_lots, dues[name], answered, _levels(stuck, dues[name])
        ).rows()
    return sorted(rows, key=itemgetter("lot"))


def _levels(stuck: Rows, due: Mapping[str, Mapping[str, Any]]) -> dict[tuple[Any, str], int]:
    """Of each (tier, seller) named by a bottleneck: the most hak of its sellers."""
    levels: dict[tuple[Any, str], int] = {}
    for row in stuck:
        most = max(due[member]["hak"] for member in row["members"])
        levels |= {(row["tier"], member): most for member in row["members"]}
    return levels


def above_base(pool: Pool, amount: Ints, base: Ints) -> set[int]:
    """The tiers in which a seller has more than his base; that is counted on his dearest lots."""
    order = np.lexsort((pool.price, pool.seller_of))
    own, seller = amount[order], pool.seller_of[order]
    before = np.cumsum(own) - own
    begins = np.searchsorted(seller, np.arange(len(pool.sellers)))
    inside = before - before[np.minimum(begins, max(len(before) - 1, 0))][seller] if len(own) else before
    total = np.zeros(len(pool.sellers), dtype=np.int64)
    np.add.at(total, pool.seller_of, amount)
    above = np.clip((total - np.minimum(base, total))[seller] - inside, 0, own)
    return set(pool.tier[order][above > 0].tolist())


class _Reasons:
    """The reasons of one commodity's lots."""

    def __init__(
        self,
        batch: Batch,
        opening: Opening,
        shared: Shared,
        hak_of_lots: Mapping[str, int],
        due: Mapping[str, Mapping[str, Any]],
        answered: set[str],
        levels: Mapping[tuple[Any, str], int],
    ) -> None:
        self.batch, self.opening, self.shared = batch, opening, shared
        self.due, self.answered, self.levels = due, answered, levels
        pool = shared.free.pool
        self.new = np.zeros(len(pool.lots), dtype=np.int64)
        np.add.at(self.new, shared.lines[0], shared.lines[2])
        hak = np.array([hak_of_lots.get(lot.lot, 0) for lot in pool.lots], dtype=np.int64)
        first = np.array([due[seller]["first"] for seller in pool.sellers], dtype=np.int64)
        unpaid = unpaid_dues(shared.free, shared.due)
        self.reached = above_base(pool, hak, first) | above_base(pool, self.new, unpaid)
        self.grades = {grade: rank for rank, grade in enumerate(pool.commodity.grades)}
        self.wants = {(self.grades.get(one.grade or "", 0), one.certificates) for one in pool.demands}

    def rows(self) -> Rows:
        pool = self.shared.free.pool
        given = (self.new + self.shared.free.confirmed).tolist()
        return [self._row(place, lot, given[place]) for place, lot in enumerate(pool.lots)]

    def _row(self, place: int, lot: Lot, given: int) -> dict[str, Any]:
        commodity = self.shared.free.pool.commodity
        reason = self._reason(place, lot, given)
        row = {
            "lot": lot.lot,
            "seller": lot.seller,
            "commodity": lot.commodity,
            "quantity": lot.quantity,
            "unit": commodity.unit,
            "per": commodity.per,
            "price": lot.price,
            "given": given,
            "reason": reason,
        }
        if reason == "LEVEL":
            row["level"] = self._level(place, lot)
        return row

    def _reason(self, place: int, lot: Lot, given: int) -> str:
        if given == lot.quantity:
            return "FULL"
        if lot.lot in self.answered:
            return "ANSWERED"
        if not self.shared.free.pool.eligible[place]:
            return self._not_eligible(lot)
        if not given and (self.shared.free.stock[place] == 0 or self.shared.released[place]):
            return "BELOW_MIN_LOT"
        if not self.opening.open[self.shared.free.village[place]]:
            return "VILLAGE_CLOSED"
        short = int(self.shared.target[place]) - int(self.new[place])
        if 0 < short < lot.step or lot.quantity - given < lot.step:
            return "STEP_ROUNDING"
        tier = int(self.shared.free.pool.tier[place])
        if self.batch.parameters.first_share_permille < 1000 and tier not in self.reached:
            return "TIER_NOT_REACHED"
        return "LEVEL"

    def _not_eligible(self, lot: Lot) -> str:
        if not self.wants:
            return "NO_DEMAND"
        if not in_season(lot, self.batch.day):
            return "DATE"
        rank = self.grades.get(lot.grade or "", 0)
        good = [held for wanted, held in self.wants if rank <= wanted]
        if not good:
            return "GRADE"
        return "CAP" if any(set(held) <= set(lot.certificates) for held in good) else "CERTIFICATE"

    def _level(self, place: int, lot: Lot) -> int:
        tier = int(self.shared.free.pool.tier[place])
        own: int = self.due[lot.seller]["hak"]
        return self.levels.get((tier, lot.seller), self.levels.get((None, lot.seller), own))


def demand_rows(shared: Mapping[str, Shared]) -> Rows:
    """Every demand with what it gets and why not more."""
    rows: Rows = []
    for one in shared.values():
        pool, filled = one.free.pool, one.free.filled.copy()
        np.add.at(filled, one.lines[1], one.lines[2])
        steps = pool.smallest_step.tolist()
        for place, demand in enumerate(pool.demands):
            left = demand.quantity - int(filled[place])
            reason = "FULL" if not left else "NO_ELIGIBLE_LOT" if not steps[place] else "SHORT"
            row = {
                "demand": demand.demand,
                "buyer": demand.buyer,
                "quantity": demand.quantity,
                "cap": demand.cap,
                "filled": int(filled[place]),
                "reason": "STEP_ROUNDING" if reason == "SHORT" and left < steps[place] else reason,
            }
            rows.append(row)
    return sorted(rows, key=lambda row: str(row["demand"]))
