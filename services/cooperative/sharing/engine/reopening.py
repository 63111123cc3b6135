"""After step 6: where less than 99.9 % was filled, closed villages are tried once each, the least costly first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.lines import Lines
from services.cooperative.sharing.engine.steps import Rounded, handed_back
from services.cooperative.sharing.engine.today import Free

ENOUGH = 999


@dataclass
class Reopening:
    """Pools whose fill is short, with what they could fill."""

    pools: Mapping[str, Free]
    open: Mask
    most: Mapping[str, int]
    rounded: dict[str, Rounded]

    def run(self, closed: Sequence[int]) -> list[int]:
        """`closed`: villages that may be opened, in the order they are tried. Returns those kept open."""
        kept = []
        for village in closed:
            short = [name for name in self.pools if self._short(name)]
            if not short:
                break
            if self._helps(village, short, len(closed)):
                kept.append(village)
        return kept

    def _short(self, name: str) -> bool:
        return int(self.rounded[name].lines[2].sum()) * 1000 < ENOUGH * self.most[name]

    def _helps(self, village: int, short: Sequence[str], villages: int) -> bool:
        opened = self.open.copy()
        opened[village] = True
        found = {}
        for name in short:
            free, now = self.pools[name], self.rounded[name]
            if not _could_fill(free, now.lines, free.village == village):
                continue
            stock = np.where(opened[free.village] & ~now.released, free.stock, 0)
            lines = handed_back(free, stock, now, free.village == village, villages)
            if int(lines[2].sum()) > int(now.lines[2].sum()):
                found[name] = Rounded(lines, now.target, now.released)
        if found:
            self.open = opened
            self.rounded.update(found)
        return bool(found)


def _could_fill(free: Free, lines: Lines, lots: Mask) -> bool:
    """Whether one of these lots may serve a demand that has something open."""
    left: Ints = free.open_quantity.copy()
    np.subtract.at(left, lines[1], lines[2])
    kinds = free.pool.type_of[lots & (free.stock > 0)]
    entry = free.pool.entry[kinds]
    node = free.pool.node_of[left > 0]
    own = entry[:, free.pool.chain_of[node]]
    return bool(((own >= 0) & (own <= node)).any())
