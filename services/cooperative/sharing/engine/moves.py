"""The end of step 6: single exchanges until none is just: a lot fills what is open, or takes over another's line.

Each exchange lowers first the squares of unpaid dues, then what is given above dues in dearer tiers, then the
squares of it, so the search ends. It goes in rounds: the neediest lot takes the best line that it reaches, the next
one the best that is left. Bounds over whole chains find the few lots that may have one.
"""

from dataclasses import dataclass, field

import numpy as np

from services.cooperative.sharing.engine.dues import unpaid_dues
from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.lines import Lines
from services.cooperative.sharing.engine.shelf import Shelf, best_reached
from services.cooperative.sharing.engine.steps import lacking
from services.cooperative.sharing.engine.today import Free


@dataclass
class Table:
    """The new lines of one pool while they are exchanged; `stock`: of each lot, 0 outside open villages."""

    free: Free
    stock: Ints
    due: Ints
    lines: Lines
    added: int = 0
    exchanged: int = 0
    rows: dict[tuple[int, int], int] = field(init=False)
    parted: set[int] = field(default_factory=set)
    """Sellers who gave something up in this round: they are better to take from no more than they seem."""

    def __post_init__(self) -> None:
        pool = self.free.pool
        self.need = lacking(self.free)
        self.lot, self.demand, self.amount = (column.copy() for column in self.lines)
        pairs = zip(self.lot.tolist(), self.demand.tolist(), strict=True)
        self.rows = {pair: row for row, pair in enumerate(pairs)}
        self.given = np.zeros(len(pool.lots), dtype=np.int64)
        np.add.at(self.given, self.lot, self.amount)
        self.open = pool.wanted - self.free.filled
        np.subtract.at(self.open, self.demand, self.amount)
        self.unpaid_before = unpaid_dues(self.free, self.due)
        self.owed = np.maximum(self.due, 0) - self.free.confirmed_of_sellers()
        np.subtract.at(self.owed, pool.seller_of, self.given)
        self._claims()

    def _claims(self) -> None:
        """`claim_of`: of each lot its seller and tier together; `above`: of each claim what is above his due.

        Above dues counts on the cheapest tiers first.
        """
        pool = self.free.pool
        self.claims, self.claim_of = pool.claims
        self.first_claim = np.searchsorted(self.claims[:, 0], np.arange(len(pool.sellers) + 1))
        self.of_claim = np.zeros(len(self.claims), dtype=np.int64)
        np.add.at(self.of_claim, self.claim_of, self.given)
        ends = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(self.of_claim)))
        begins, who = ends[self.first_claim], self.claims[:, 0]
        left = np.maximum(np.diff(begins) - self.unpaid_before, 0)
        self.above = np.clip(left[who] - (ends[:-1] - begins[who]), 0, self.of_claim)

    def _count_above(self, seller: int) -> None:
        """The same for one seller."""
        begin, end = int(self.first_claim[seller]), int(self.first_claim[seller + 1])
        own = self.of_claim[begin:end].tolist()
        left = max(0, sum(own) - int(self.unpaid_before[seller]))
        for place, amount in enumerate(own, begin):
            self.above[place] = min(amount, left)
            left -= min(amount, left)

    def piece(self) -> Ints:
        """Of each lot: its step, or what it lacks to its minimum."""
        return np.where(self.given >= self.need, self.free.pool.step, self.need - self.given)

    def settle(self) -> None:
        """Fill and exchange until neither is possible."""
        while self._filled() or self._exchanged():
            pass

    def _candidates(self) -> tuple[Ints, Ints]:
        piece = self.piece()
        lots = np.flatnonzero((self.stock - self.given >= piece) & (self.stock > 0))
        return lots, piece

    def _reaches(self, lot: int, demands: Ints) -> Mask:
        pool = self.free.pool
        node = pool.node_of[demands]
        entry = pool.entry[pool.type_of[lot]][pool.chain_of[node]]
        reached: Mask = (entry >= 0) & (entry <= node)
        return reached

    def _filled(self) -> bool:
        """Lots with a piece free for a demand with as much open: those with the highest unpaid due first."""
        pool, (lots, piece) = self.free.pool, self._candidates()
        if not len(lots):
            return False
        of_node = np.zeros(pool.network.size, dtype=np.int64)
        np.maximum.at(of_node, pool.node_of, self.open)
        most = best_reached(pool, of_node, np.maximum, 0)
        lots = lots[most[pool.type_of[lots]] >= piece[lots]]
        for lot in lots[
            np.lexsort((self.free.lot_rank[lots], pool.tier[lots], -self.owed[pool.seller_of[lots]]))
        ].tolist():
            self._fill(lot)
        return len(lots) > 0

    def _fill(self, lot: int) -> None:
        pool = self.free.pool
        while True:
            piece = self._piece(lot)
            demands = np.flatnonzero(self.open >= piece)
            demands = demands[self._reaches(lot, demands)]
            if not len(demands) or self.stock[lot] - self.given[lot] < piece:
                return
            priority = np.array([pool.demands[one].priority for one in demands.tolist()])
            order = np.lexsort((demands, -self.open[demands], priority))
            self._change(lot, int(demands[order[0]]), piece)
            self.added += 1

    def _change(self, lot: int, demand: int, amount: int) -> None:
        pool = self.free.pool
        row = self.rows.get((lot, demand))
        if row is None:
            row = self.rows[lot, demand] = len(self.rows)
            if row == len(self.lot):
                empty = np.zeros(row + 64, dtype=np.int64)
                self.lot, self.demand, self.amount = (
                    np.concatenate((column, empty)) for column in (self.lot, self.demand, self.amount)
                )
            self.lot[row], self.demand[row] = lot, demand
        self.amount[row] += amount
        self.given[lot] += amount
        self.open[demand] -= amount
        seller = int(pool.seller_of[lot])
        self.owed[seller] -= amount
        self.of_claim[self.claim_of[lot]] += amount
        self._count_above(seller)

    def _giveable(self, piece: int) -> Mask:
        """Lines that can give this up: staying whole, their lot at nothing or at its minimum."""
        left = self.given[self.lot] - piece
        stays = (left == 0) | (left >= self.need[self.lot])
        giveable: Mask = (self.amount >= piece) & (piece % self.free.pool.step[self.lot] == 0) & stays
        return giveable

    def _exchanged(self) -> bool:
        """One round, the largest pieces first; at last those for whom only a line of their own hides a just one."""
        before, left = self.exchanged, []
        self.parted.clear()
        lots, pieces = self._candidates()
        for piece in np.unique(pieces[lots])[::-1].tolist():
            own = lots[pieces[lots] == piece]
            unpaid = self.owed[self.free.pool.seller_of[own]] > 0
            rows = np.flatnonzero(self._giveable(piece))
            left += self._in_dues(own[unpaid], piece, rows) + self._in_tiers(own[~unpaid], piece, rows)
        return self.exchanged > before or any(self._take_over(lot) for lot in left)

    def _in_dues(self, lots: Ints, piece: int, rows: Ints) -> list[int]:
        """Lots with unpaid dues take lines of those with the least unpaid, or the most beyond their due."""
        if not len(lots):
            return []
        seller = self.free.pool.seller_of
        owed = self.owed[seller[self.lot[rows]]]
        shelf = Shelf(
            self.free.pool, self.demand, rows[np.lexsort((-self.free.lot_rank[self.lot[rows]], owed))]
        )
        lots, line = shelf.reached(lots)
        just = self.owed[seller[lots]] - self.owed[seller[self.lot[line]]] > piece
        return self._in_turn(lots[just], shelf)

    def _in_tiers(self, lots: Ints, piece: int, rows: Ints) -> list[int]:
        """Lots whose dues are paid take lines of those with the most above theirs in the dearest tier."""
        if not len(lots):
            return []
        pool, claim = self.free.pool, self.claim_of
        rows = rows[
            (self.owed[pool.seller_of[self.lot[rows]]] <= 0) & (self.above[claim[self.lot[rows]]] >= piece)
        ]
        of = self.lot[rows]
        order = np.lexsort((-self.free.lot_rank[of], -self.above[claim[of]], -pool.tier[of]))
        shelf = Shelf(pool, self.demand, rows[order])
        lots, line = shelf.reached(lots)
        more = self.above[claim[self.lot[line]]] - self.above[claim[lots]] > piece
        dearer = pool.tier[self.lot[line]] - pool.tier[lots]
        return self._in_turn(lots[(dearer > 0) | ((dearer == 0) & more)], shelf)

    def _in_turn(self, lots: Ints, shelf: Shelf) -> list[int]:
        """Each, the neediest first, takes the best line left on the shelf; a type ends where its first goes without."""
        pool = self.free.pool
        owed = np.maximum(self.owed[pool.seller_of[lots]], 0)
        keys = self.free.lot_rank[lots], self.above[self.claim_of[lots]], pool.tier[lots], -owed
        lots = lots[np.lexsort(keys)]
        done: set[int] = set()
        for lot, kind in zip(lots.tolist(), pool.type_of[lots].tolist(), strict=True):
            if kind not in done and not self._takes_best(lot, kind, shelf):
                done.add(kind)
        return lots.tolist()  # type: ignore[no-any-return]

    def _takes_best(self, lot: int, kind: int, shelf: Shelf) -> bool:
        """Whether the next lot of this type may find something too."""
        seller = self.free.pool.seller_of
        while (place := shelf.best(kind)) is not None:
            row = int(shelf.rows[place])
            other = int(seller[self.lot[row]])
            taken = self._takes(lot, row)
            if taken:
                self.parted.add(other)
            elif other not in self.parted:
                return other == int(seller[lot])
            shelf.drop(place)
            if taken:
                return True
        return False

    def _takes(self, lot: int, row: int) -> bool:
        """Take this line over as often as it is just; whether it was."""
        before = self.exchanged
        while self._just(lot, row, piece := self._piece(lot)):
            self._exchange(lot, row, piece, self._times(lot, row, piece))
        return self.exchanged > before

    def _times(self, lot: int, row: int, piece: int) -> int:
        """How often at least, now that it is just, the piece may be taken in a row: of grams it may be tons."""
        pool, other = self.free.pool, int(self.lot[row])
        most = [int(self.amount[row]), int(self.stock[lot] - self.given[lot])]
        most.append(int(self.given[other] - self.need[other]) if self.given[lot] >= self.need[lot] else 0)
        one, two = (int(self.owed[pool.seller_of[place]]) for place in (lot, other))
        apart, evens = one - two, one > 0 or pool.tier[other] == pool.tier[lot]
        if one > 0:
            most.append(one)
        else:
            theirs, mine = (int(self.above[self.claim_of[place]]) for place in (other, lot))
            apart, most = theirs - mine, [*most, theirs, piece - two]
        times = min(amount // piece for amount in most)
        return max(1, min(times, (apart + piece - 1) // (2 * piece)) if evens else times)

    def _piece(self, lot: int) -> int:
        given, need = int(self.given[lot]), int(self.need[lot])
        return int(self.free.pool.step[lot]) if given >= need else need - given

    def _just(self, lot: int, row: int, piece: int) -> bool:
        """Whether the lot may have that piece of the line; that it reaches the line's demand is known."""
        pool, other = self.free.pool, int(self.lot[row])
        left = int(self.given[other]) - piece
        whole = (
            self.amount[row] >= piece
            and piece % pool.step[other] == 0
            and (left == 0 or left >= self.need[other])
        )
        one, two = int(pool.seller_of[lot]), int(pool.seller_of[other])
        if not whole or one == two or self.stock[lot] - self.given[lot] < piece:
            return False
        if self.owed[one] > 0:
            return bool(self.owed[one] - self.owed[two] > piece)
        above, mine = int(self.above[self.claim_of[other]]), int(self.above[self.claim_of[lot]])
        if self.owed[two] > 0 or above < piece or pool.tier[other] < pool.tier[lot]:
            return False
        return bool(pool.tier[other] > pool.tier[lot] or above - mine > piece)

    def _exchange(self, lot: int, row: int, piece: int, times: int) -> None:
        demand, other = int(self.demand[row]), int(self.lot[row])
        self._change(other, demand, -piece * times)
        self._change(lot, demand, piece * times)
        self.exchanged += times

    def _take_over(self, lot: int) -> bool:
        """Exchanges for one lot until none is left; whether there was one."""
        before = self.exchanged
        while True:
            piece = self._piece(lot)
            row = self._best(lot, piece) if self.stock[lot] - self.given[lot] >= piece else None
            if row is None:
                break
            self._exchange(lot, row, piece, self._times(lot, row, piece))
        return self.exchanged > before

    def _best(self, lot: int, piece: int) -> int | None:
        """The line to take over: of the least unpaid due, or of the dearest tier with the most above."""
        pool, seller = self.free.pool, int(self.free.pool.seller_of[lot])
        rows = np.flatnonzero(self._giveable(piece) & (pool.seller_of[self.lot] != seller))
        rows = rows[self._reaches(lot, self.demand[rows])]
        owed = self.owed[pool.seller_of[self.lot[rows]]]
        mine = int(self.owed[seller])
        if mine > 0:
            just = mine - owed > piece
            order = np.lexsort((rows, owed))
        else:
            above, tier = self.above[self.claim_of[self.lot[rows]]], pool.tier[self.lot[rows]]
            own_above, own_tier = int(self.above[self.claim_of[lot]]), int(pool.tier[lot])
            just = (owed <= 0) & (above >= piece)
            just &= (tier > own_tier) | ((tier == own_tier) & (above - own_above > piece))
            order = np.lexsort((rows, -above, -tier))
        order = order[just[order]]
        return int(rows[order[0]]) if len(order) else None

    def result(self) -> Lines:
        kept = self.amount > 0
        return self.lot[kept], self.demand[kept], self.amount[kept]
