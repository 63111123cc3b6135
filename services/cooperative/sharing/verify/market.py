"""One commodity of a batch: which lot may serve which demand, kept as price chains, and what counts as its stock."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from math import gcd

from services.cooperative.sharing.verify.batch import Batch, Commodity, Demand, Lot
from services.cooperative.sharing.verify.tiers import tiers_of

NEVER = (-1, 0)


@dataclass
class Chain:
    """Demands by rising cap; a lot that enters at a place may serve every demand from there on."""

    demands: list[int]
    caps: list[int]
    sums: list[int] = field(default_factory=list)
    lots: list[list[int]] = field(default_factory=list)


@dataclass
class Market:
    """Lots and demands are known by their places in `lots` and `demands`, sellers by theirs in `sellers`.

    `entry[lot]` is (chain, place) or NEVER; `places[demand]` lists its (chain, place).
    """

    commodity: Commodity
    today: date
    lots: list[Lot]
    demands: list[Demand]
    sellers: list[str]
    seller_of: list[int]
    lots_of: list[list[int]]
    tier: list[int]
    chains: list[Chain]
    entry: list[tuple[int, int]]
    places: list[list[tuple[int, int]]]
    lot_place: dict[str, int]
    demand_place: dict[str, int]
    stock: list[int]
    wanted: list[int]

    def serves(self, lot: int, demand: int) -> bool:
        chain, place = self.entry[lot]
        return any(own == chain and at >= place for own, at in self.places[demand])

    def coarse(self, demand: int) -> int:
        """The greatest common divisor of the steps of the lots that may serve the demand; 0 without one."""
        return self._coarse[demand]

    def __post_init__(self) -> None:
        self._coarse = [0] * len(self.demands)
        for chain in self.chains:
            divisor = 0
            for place, demand in enumerate(chain.demands):
                for lot in chain.lots[place]:
                    divisor = gcd(divisor, self.lots[lot].step)
                self._coarse[demand] = gcd(self._coarse[demand], divisor)
        self.wanted = [self.whole(place, one.quantity) for place, one in enumerate(self.demands)]
        self.stock = [self.whole_stock(lot, 0) for lot in range(len(self.lots))]

    def whole(self, demand: int, quantity: int) -> int:
        divisor = self._coarse[demand]
        return quantity - quantity % divisor if divisor else 0

    def least(self, lot: int) -> int:
        """A lot's minimum, rounded up to its steps."""
        step = self.lots[lot].step
        return -(-self.lots[lot].minimum // step) * step

    def whole_stock(self, lot: int, confirmed: int) -> int:
        """What a lot can still give, in whole steps; nothing when that never reaches its minimum."""
        own = self.lots[lot]
        chain, place = self.entry[lot]
        if chain < 0:
            return 0
        free = (own.quantity - confirmed) // own.step * own.step
        if confirmed + free < own.minimum or self.least(lot) > self.chains[chain].sums[place]:
            return 0
        return free


def markets_of(batch: Batch) -> dict[str, Market]:
    lots: defaultdict[str, list[Lot]] = defaultdict(list)
    demands: defaultdict[str, list[Demand]] = defaultdict(list)
    for lot in sorted(batch.lots.values(), key=lambda lot: lot.lot):
        lots[lot.commodity].append(lot)
    for demand in sorted(batch.demands.values(), key=lambda demand: demand.demand):
        demands[demand.commodity].append(demand)
    return {
        name: _market(batch, commodity, lots[name], demands[name])
        for name, commodity in sorted(batch.commodities.items())
    }


def _market(batch: Batch, commodity: Commodity, lots: list[Lot], demands: list[Demand]) -> Market:
    rank = {grade: place for place, grade in enumerate(commodity.grades)}
    chains, entry = _chained(lots, demands, rank, batch.day)
    places: list[list[tuple[int, int]]] = [[] for _ in demands]
    for number, chain in enumerate(chains):
        for place, demand in enumerate(chain.demands):
            places[demand].append((number, place))
    sellers = sorted({lot.seller for lot in lots})
    numbers = {seller: place for place, seller in enumerate(sellers)}
    lots_of: list[list[int]] = [[] for _ in sellers]
    for place, lot in enumerate(lots):
        lots_of[numbers[lot.seller]].append(place)
    tiers = tiers_of(
        {lot.price for lot in lots}, commodity.reference_price, batch.parameters["tier_permille"]
    )
    return Market(
        commodity=commodity,
        today=batch.day,
        lots=lots,
        demands=demands,
        sellers=sellers,
        seller_of=[numbers[lot.seller] for lot in lots],
        lots_of=lots_of,
        tier=[tiers[lot.price] for lot in lots],
        chains=chains,
        entry=entry,
        places=places,
        lot_place={lot.lot: place for place, lot in enumerate(lots)},
        demand_place={demand.demand: place for place, demand in enumerate(demands)},
        stock=[],
        wanted=[],
    )


def _chained(
    lots: list[Lot], demands: list[Demand], rank: dict[str, int], today: date
) -> tuple[list[Chain], list[tuple[int, int]]]:
    """Lots that may serve the same kinds of demands share one chain."""
    kinds: defaultdict[tuple[int, frozenset[str]], list[int]] = defaultdict(list)
    for place, demand in enumerate(demands):
        kinds[rank.get(demand.grade or "", 0), demand.certificates].append(place)
    served: dict[tuple[int, frozenset[str]], int] = {}
    chains: list[Chain] = []
    known: dict[frozenset[tuple[int, frozenset[str]]], int] = {}
    entry = []
    for place, lot in enumerate(lots):
        own = (rank.get(lot.grade or "", 0), lot.certificates)
        if own not in served:
            fitting = frozenset(kind for kind in kinds if own[0] <= kind[0] and kind[1] <= own[1])
            if fitting not in known:
                known[fitting] = len(chains)
                chains.append(_chain([one for kind in fitting for one in kinds[kind]], demands))
            served[own] = known[fitting]
        chain = chains[served[own]]
        start = bisect_left(chain.caps, lot.price)
        fresh = (lot.ready is None or lot.ready <= today) and (lot.expiry is None or today <= lot.expiry)
        if not fresh or start == len(chain.demands):
            entry.append(NEVER)
            continue
        entry.append((served[own], start))
        chain.lots[start].append(place)
    return chains, entry


def _chain(members: list[int], demands: list[Demand]) -> Chain:
    members.sort(key=lambda place: (demands[place].cap, place))
    sums, total = [0] * len(members), 0
    for place in range(len(members) - 1, -1, -1):
        total += demands[members[place]].quantity
        sums[place] = total
    return Chain(members, [demands[place].cap for place in members], sums, [[] for _ in members])
