"""The engine: steps 1 to 9 of one sharing, in order. The same batch gives the same record, byte for byte."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from services.cooperative.sharing.engine.batch import Batch
from services.cooperative.sharing.engine.canonical import tie
from services.cooperative.sharing.engine.dues import given
from services.cooperative.sharing.engine.entitlement import Hak, entitlement
from services.cooperative.sharing.engine.expiry import first_expired
from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.lines import Lines
from services.cooperative.sharing.engine.moves import Table
from services.cooperative.sharing.engine.reopening import Reopening
from services.cooperative.sharing.engine.shortage import shared_among_buyers
from services.cooperative.sharing.engine.steps import Rounded, nothing_to_round, rounded
from services.cooperative.sharing.engine.today import Free, today
from services.cooperative.sharing.engine.villages import chosen, effective_costs

Trace = Callable[[str], None]
SETTLINGS = 8


def silent(_text: str) -> None:
    """No trace."""


@dataclass(frozen=True)
class Opening:
    """Which villages the truck stops at, what each costs after its dues, and why it is open or closed."""

    open: Mask
    cost: list[int]
    reason: list[str]


@dataclass(frozen=True)
class Shared:
    """The result for one commodity. `target`: of each lot what step 5 gave; lines by place in the pool."""

    free: Free
    due: Ints
    target: Ints
    released: Mask
    lines: Lines


@dataclass
class Solving:
    """One sharing under way; `dues`: of each pool's sellers."""

    batch: Batch
    free: Mapping[str, Free]
    dues: Mapping[str, Ints]
    trace: Trace = silent
    kept: set[int] = field(default_factory=set)

    def run(self) -> tuple[Opening, dict[str, Shared]]:
        opening = self._opening()
        found, opening = self._rounded(opening)
        return opening, {name: self._settled(name, one, opening.open) for name, one in found.items()}

    def _opening(self) -> Opening:
        cost = effective_costs(self.batch, self.free, self.dues)
        confirmed, eligible = (self._villages_with(one) for one in ("confirmed", "eligible"))
        cost = [0 if confirmed[place] else one for place, one in enumerate(cost)]
        must = confirmed | (eligible & (np.array(cost, dtype=object) == 0)).astype(np.bool_)
        optional = np.flatnonzero(eligible & ~must).tolist()
        opened, tries = chosen([free for free in self.free.values() if free.most], cost, optional, must)
        reason = [
            "CONFIRMED" if confirmed[place]
            else "NO_ELIGIBLE_LOT" if not eligible[place]
            else "ZERO_COST" if cost[place] == 0
            else "CHOSEN" if opened[place]
            else "NOT_NEEDED"
            for place in range(len(cost))
        ]  # fmt: skip
        self.trace(
            f"villages: {int(opened.sum())} of {len(cost)} open, {int(must.sum())} of them anyway, {tries} tries"
        )
        return Opening(opened, cost, reason)

    def _villages_with(self, kind: str) -> Mask:
        found = np.zeros(len(self.batch.villages), dtype=np.bool_)
        for free in self.free.values():
            own = free.confirmed > 0 if kind == "confirmed" else free.pool.eligible
            found[free.village[own]] = True
        return found

    def _rounded(self, opening: Opening) -> tuple[dict[str, Rounded], Opening]:
        """Steps 5 and 6; then closed villages once more where the rounding left too much open."""
        found, most = {}, {}
        for name, free in self.free.items():
            most[name] = free.most
            if not most[name]:
                found[name] = nothing_to_round(free)
                continue
            stock = np.where(opening.open[free.village], free.stock, 0)
            before = given(free, stock, self.dues[name])
            found[name] = rounded(free, stock, self.dues[name], before)
            self.trace(
                f"{name}: given {int(before.lots.sum())} of {most[name]}, in steps {int(found[name].lines[2].sum())}, "
                f"released {int(found[name].released.sum())} lots"
            )
        reopening = Reopening(self.free, opening.open, most, found)
        closed = [place for place, reason in enumerate(opening.reason) if reason == "NOT_NEEDED"]
        names = [one.village for one in self.batch.villages]
        closed.sort(key=lambda place: (opening.cost[place], tie(self.batch.batch, names[place])))
        kept = reopening.run(closed)
        reason = ["ROUNDING" if place in kept else one for place, one in enumerate(opening.reason)]
        return reopening.rounded, Opening(reopening.open, opening.cost, reason)

    def _settled(self, name: str, one: Rounded, opened: Mask) -> Shared:
        """Step 7 and the last exchanges: they leave what buyers get alone, but where they fill what was open."""
        free, due = self.free[name], self.dues[name]
        stock = np.where(opened[free.village], free.stock, 0)
        lines = one.lines
        if not free.most:
            return Shared(free, due, one.target, one.released, lines)
        for _ in range(SETTLINGS):
            lines = shared_among_buyers(free, lines, free.pool.demand_rank)
            table = Table(free, stock, due, first_expired(free, stock, lines))
            table.settle()
            lines = table.result()
            self.trace(f"{name}: {table.added} filled, {table.exchanged} exchanged")
            if not table.added and not table.exchanged:
                break
        return Shared(free, due, one.target, one.released, lines)


def haks(batch: Batch, free: Mapping[str, Free], trace: Trace = silent) -> dict[str, Hak]:
    """Step 2, of each commodity."""
    found = {}
    for name, one in free.items():
        found[name] = entitlement(one.pool, batch.parameters.first_share_permille, one.rank)
        for stuck in found[name].stuck:
            part = "first" if stuck.tier is None else f"tier {stuck.tier}"
            trace(
                f"{name}: {part}: {len(stuck.members)} stuck at {stuck.level}, {int(stuck.amounts.sum())} together"
            )
    return found


def dues_of(batch: Batch, free: Mapping[str, Free], hak: Mapping[str, Ints]) -> dict[str, Ints]:
    """Step 3: credit carried over plus hak of today, of each pool's sellers."""
    credit = {(one.seller, one.commodity): one.amount for one in batch.credits}
    return {
        name: hak[name]
        + np.array([credit.get((seller, name), 0) for seller in one.pool.sellers], dtype=np.int64)
        for name, one in free.items()
    }


def prepared(batch: Batch) -> dict[str, Free]:
    """Step 1."""
    return today(batch)
