"""How much could be carried from these lots at all: augmented along the price chains from what the record carries."""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

from services.cooperative.sharing.verify.market import Market
from services.cooperative.sharing.verify.paths import Lines


@dataclass
class Carrying:
    """A flow that grows until no path is left. `room` of lots, `open` of demands, `lines` what is carried."""

    market: Market
    room: list[int]
    open: list[int]
    lines: Lines

    def most(self) -> int:
        self._fill_directly()
        self._at: list[dict[int, int]] = [{} for _ in self.market.demands]
        for (lot, demand), amount in self.lines.items():
            if amount:
                self._at[demand][lot] = amount
        while any(self.room) and any(self.open) and self._grow():
            pass
        return sum(sum(lots.values()) for lots in self._at)

    def carried(self) -> Lines:
        return {(lot, demand): amount for demand, lots in enumerate(self._at) for lot, amount in lots.items()}

    def _fill_directly(self) -> None:
        """Each lot into the demands it may serve, nearest cap first."""
        following = [list(range(len(chain.demands) + 1)) for chain in self.market.chains]
        for lot, amount in enumerate(self.room):
            chain, place = self.market.entry[lot]
            while amount > 0:
                place = self._next_open(chain, place, following[chain])
                if place == len(self.market.chains[chain].demands):
                    break
                demand = self.market.chains[chain].demands[place]
                taken = min(amount, self.open[demand])
                self._put(lot, demand, taken)
                amount -= taken

    def _next_open(self, chain: int, place: int, following: list[int]) -> int:
        demands = self.market.chains[chain].demands
        passed = []
        while place < len(demands) and self.open[demands[place]] == 0:
            passed.append(place)
            place = max(place + 1, following[place + 1])
        for one in passed:
            following[one] = place
        return place

    def _put(self, lot: int, demand: int, amount: int) -> None:
        self.room[lot] -= amount
        self.open[demand] -= amount
        self.lines[lot, demand] = self.lines.get((lot, demand), 0) + amount

    def _grow(self) -> bool:
        """One search from all lots with room; every open demand that it meets is filled along the way it was met."""
        market = self.market
        came: dict[int, int] = {}
        moved: dict[int, int] = {}
        waiting = deque(lot for lot, room in enumerate(self.room) if room > 0)
        seen = set(waiting)
        reached = [len(chain.demands) for chain in market.chains]
        grew = False
        while waiting:
            lot = waiting.popleft()
            number, place = market.entry[lot]
            for at in range(place, reached[number]):
                demand = market.chains[number].demands[at]
                if demand in came:
                    continue
                came[demand] = lot
                if self.open[demand] > 0:
                    grew = self._along(demand, came, moved) or grew
                for other in self._at[demand]:
                    if other not in seen:
                        seen.add(other)
                        moved[other] = demand
                        waiting.append(other)
            reached[number] = min(reached[number], place)
        return grew

    def _along(self, demand: int, came: dict[int, int], moved: dict[int, int]) -> bool:
        path = [(came[demand], demand)]
        while path[-1][0] in moved:
            before = moved[path[-1][0]]
            path.append((came[before], before))
        source = path[-1][0]
        amount = min(self.open[demand], self.room[source])
        for (lot, _), (_, before) in pairwise(path):
            amount = min(amount, self._at[before].get(lot, 0))
        if amount <= 0:
            return False
        self.open[demand] -= amount
        self.room[source] -= amount
        for lot, at in path:
            self._at[at][lot] = self._at[at].get(lot, 0) + amount
        for (lot, _), (_, before) in pairwise(path):
            self._at[before][lot] -= amount
            if not self._at[before][lot]:
                del self._at[before][lot]
        return True
