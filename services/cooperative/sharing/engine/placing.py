"""Given amounts laid on demands in whole steps, size by size, and what the remainders allow on top."""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.eligibility import Pool
from services.cooperative.sharing.engine.filling import ByLevel, Filling, InTurn
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask
from services.cooperative.sharing.engine.lines import Lines, lines_of
from services.cooperative.sharing.engine.today import Free


@dataclass(frozen=True)
class Placing:
    """One pool to be rounded. Of each lot: `stock` what it may give, `target` what step 5 gave, `need` to its minimum.

    `turn`: who goes first where not all that is certain finds room.
    """

    free: Free
    stock: Ints
    target: Ints
    need: Ints
    turn: Ints

    @property
    def pool(self) -> Pool:
        return self.free.pool

    def lines(self, certain: Ints, apart: bool = False) -> Lines:
        """Part by part, the largest steps first: what is certain rounded down, then what the remainders allow.

        `apart`: each part leaves the later ones, which cannot go everywhere that it can, their room.
        """
        pool = self.pool
        base = np.minimum(certain, self.stock) // pool.step * pool.step
        later = np.minimum(certain, self.stock)
        left = self.free.open_quantity.copy()
        lines: list[Lines] = []
        for size, own in self._parts():
            later[own] = 0
            mine, nothing = np.where(own, base, 0), np.zeros_like(base)
            room = self._beside(size, mine, later, left) if apart else left
            lines.append(self._placed(size, mine, nothing, room))
            np.subtract.at(left, lines[-1][1], lines[-1][2])
        for place, (size, own) in enumerate(self._parts()):
            got = np.zeros_like(base)
            np.add.at(got, lines[place][0], lines[place][2])
            np.add.at(left, lines[place][1], lines[place][2])
            may = own & (self.stock > 0) & ((got > 0) | (self.need <= size))
            lines[place] = self._placed(size, got, np.where(may, self.stock - got, 0), left)
            np.subtract.at(left, lines[place][1], lines[place][2])
        return _joined(lines)

    def _parts(self) -> list[tuple[int, Mask]]:
        """Lots of one step, the largest first; whoever goes before all others is a part of his own."""
        step, first = self.pool.step, self.turn < 0
        sizes = np.unique(step[(self.stock > 0) & ~first])[::-1].tolist()
        before = [(int(step[first][0]), first)] if first.any() else []
        return before + [(size, (step == size) & ~first) for size in sizes]

    def trimmed(self, certain: Ints) -> Ints:
        """What of it can be carried together, steps aside: in turn, what reaches a minimum before what goes beyond."""
        filling = Filling(
            self.pool.network,
            self.pool.room(self.free.open_quantity),
            np.zeros(self.pool.network.size, dtype=np.int64),
        )
        given = np.zeros_like(certain)
        first = np.where(self.turn < 0, certain, np.minimum(certain, self.need))
        for part in (first, certain - first):
            self._fill(filling, given, part, 1)
        return given

    def _beside(self, size: int, own: Ints, later: Ints, left: Ints) -> Ints:
        """Of each demand the room that these lots use where the later ones find theirs too."""
        pool = self.pool
        filling = Filling(pool.network, pool.room(left), np.zeros(pool.network.size, dtype=np.int64))
        given = np.zeros_like(own)
        for part in (own, later):
            self._fill(filling, given, part, 1)
        lot, demand, amount = lines_of(pool, given, self._flow(given, left), left)
        used = np.zeros_like(left)
        mine = own[lot] > 0
        np.add.at(used, demand[mine], amount[mine])
        return np.minimum(left // size, -(-used // size)) * size

    def _placed(self, size: int, base: Ints, more: Ints, left: Ints) -> Lines:
        """The base for certain as far as it goes, then more to the largest shortfall; nothing below a minimum."""
        while True:
            lines = self._steps_of(size, base, more, left)
            got = np.zeros_like(base)
            np.add.at(got, lines[0], lines[2])
            low = (got > 0) & (got < self.need)
            if not low.any():
                return lines
            base, more = np.where(low, 0, base), np.where(low, 0, more)

    def _steps_of(self, size: int, base: Ints, more: Ints, left: Ints) -> Lines:
        pool, units = self.pool, left // size
        filling = Filling(pool.network, pool.room(units), np.zeros(pool.network.size, dtype=np.int64))
        given = np.zeros_like(base)
        least = np.minimum(base, self.need)
        for part in (least, base - least):
            self._fill(filling, given, part, size)
        lots = np.flatnonzero(more > 0)
        if len(lots):
            start = given[lots] * size - self.target[lots]
            order = ByLevel(start, more[lots] // size, self.free.lot_rank[lots], size)
            got, _ = filling.fill(order, pool.type_of[lots])
            given[lots] += got
        lot, demand, amount = lines_of(pool, given, self._flow(given, units), units)
        return lot, demand, amount * size

    def _fill(self, filling: Filling, given: Ints, part: Ints, size: int) -> None:
        """One lot's part after the other, in turn."""
        lots = np.flatnonzero(part > 0)
        lots = lots[np.argsort(self.turn[lots])]
        got, _ = filling.fill(InTurn(part[lots] // size), self.pool.type_of[lots])
        given[lots] += got

    def _flow(self, given: Ints, room: Ints) -> Flow:
        pool = self.pool
        supply = np.zeros(pool.network.size, dtype=np.int64)
        own = given > 0
        np.add.at(supply, pool.type_of[own], given[own])
        return Flow(pool.network, supply, pool.room(room))


def turns(free: Free) -> Ints:
    """Of each lot its place by tier, then by ties."""
    turn = np.zeros(len(free.stock), dtype=np.int64)
    turn[np.lexsort((free.lot_rank, free.pool.tier))] = np.arange(len(turn))
    return turn


def _joined(lines: list[Lines]) -> Lines:
    if not lines:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    lot, demand, amount = (np.concatenate(column) for column in zip(*lines, strict=True))
    return lot, demand, amount
