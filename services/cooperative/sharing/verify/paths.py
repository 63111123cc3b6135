"""Exchange paths: whether what one seller lacks could come, from hand to hand, from somebody who has more.

A unit more for a seller goes to one of his lots with room, to a demand it may serve, pushes out there another lot's
unit, which goes to another demand or back to its seller's other lots, and so on to a demand with room or a seller who
gives one up. A seller's places form a ladder: what he has of one price tier may lie on his lots of this tier or of
any cheaper one, and what he has beforehand (`kept`) on any of them, so it is counted on his dearest. The search runs
backwards from those who could give, the richest first, and sees each lot, demand and place once.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.cooperative.sharing.verify.market import Market

Place = tuple[int, int]
Lines = dict[tuple[int, int], int]


@dataclass
class Ladder:
    """One seller's lots by tier, cheapest first; `more[k]` is what he has of tier k above what is kept."""

    tiers: list[int]
    lots: list[list[int]]
    more: list[int]
    down: list[int]

    def held(self, tier: int) -> int:
        return self.more[self.tiers.index(tier)] if tier in self.tiers else 0


def ladder(market: Market, lots: list[int], used: list[int], kept: int) -> Ladder:
    """`kept` is counted on the dearest lots; `down[k]` units counted at tier k or above lie on cheaper lots."""
    if len(lots) == 1:
        more = used[lots[0]] - kept
        return Ladder([market.tier[lots[0]]], [lots], [max(0, more)], [max(0, -more)])
    by_tier: dict[int, list[int]] = {}
    for lot in lots:
        by_tier.setdefault(market.tier[lot], []).append(lot)
    tiers = sorted(by_tier)
    above, down = [0] * len(tiers), [0] * len(tiers)
    left = kept
    for rung in range(len(tiers) - 1, -1, -1):
        here = sum(used[lot] for lot in by_tier[tiers[rung]])
        above[rung] = max(0, here - left)
        left = max(0, left - here)
        down[rung] = left
    return Ladder(tiers, [by_tier[tier] for tier in tiers], above, down)


def one_rung(lots: list[int]) -> Ladder:
    """For a seller whose lots count alike, whatever their price."""
    return Ladder([0], [lots], [0], [0])


@dataclass
class Search:
    """Backwards from the seeds: `label[seller][rung]` is the first seed that a unit more there could reach."""

    market: Market
    ladders: list[Ladder]
    lines: Lines
    room: list[int]
    open: list[int]
    label: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.label = [[-1] * len(ladder.tiers) for ladder in self.ladders]
        self._of_lot: list[list[int]] = [[] for _ in self.market.lots]
        for (lot, demand), quantity in self.lines.items():
            if quantity > 0:
                self._of_lot[lot].append(demand)
        self._seen_lot = [False] * len(self.market.lots)
        self._seen_demand = [False] * len(self.market.demands)
        self._reached = [-1] * len(self.market.chains)
        self._rung_of = {
            lot: (seller, rung)
            for seller, ladder in enumerate(self.ladders)
            for rung, lots in enumerate(ladder.lots)
            for lot in lots
        }
        self._waiting: deque[tuple[str, int, int]] = deque()

    def run(self, seeds: Iterable[Place]) -> None:
        """Label 0 is a demand with room; label n + 1 is seed n, given up by that seller from that rung."""
        for demand, amount in enumerate(self.open):
            if amount > 0:
                self._demand(demand)
        self._spread(0)
        for number, (seller, rung) in enumerate(seeds, start=1):
            if self.label[seller][rung] < 0:
                self.label[seller][rung] = number
                self._waiting.append(("rung", seller, rung))
                self._spread(number)

    def _spread(self, number: int) -> None:
        while self._waiting:
            kind, one, two = self._waiting.popleft()
            if kind == "demand":
                self._before_demand(one)
            elif kind == "lot":
                self._before_lot(one, number)
            else:
                self._before_rung(one, two, number)

    def _demand(self, demand: int) -> None:
        if not self._seen_demand[demand]:
            self._seen_demand[demand] = True
            self._waiting.append(("demand", demand, 0))

    def _before_demand(self, demand: int) -> None:
        """Every lot that may serve it, and has not been seen."""
        for chain, place in self.market.places[demand]:
            entering = self.market.chains[chain].lots
            for at in range(self._reached[chain] + 1, place + 1):
                for lot in entering[at]:
                    self._lot(lot)
            self._reached[chain] = max(self._reached[chain], place)

    def _lot(self, lot: int) -> None:
        if not self._seen_lot[lot] and lot in self._rung_of:
            self._seen_lot[lot] = True
            self._waiting.append(("lot", lot, 0))

    def _before_lot(self, lot: int, number: int) -> None:
        """A unit comes to a lot from a demand that it leaves, or from its seller when it has room."""
        for demand in self._of_lot[lot]:
            self._demand(demand)
        if self.room[lot] > 0:
            self._rung(*self._rung_of[lot], number)

    def _rung(self, seller: int, rung: int, number: int) -> None:
        if self.label[seller][rung] < 0:
            self.label[seller][rung] = number
            self._waiting.append(("rung", seller, rung))

    def _before_rung(self, seller: int, rung: int, number: int) -> None:
        ladder = self.ladders[seller]
        for lot in ladder.lots[rung]:
            self._lot(lot)
        if rung + 1 < len(ladder.tiers):
            self._rung(seller, rung + 1, number)
        if rung > 0 and ladder.down[rung] > 0:
            self._rung(seller, rung - 1, number)
