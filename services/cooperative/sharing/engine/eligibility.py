"""Step 1: which lots may serve which demands, as price chains: arcs grow with lots plus demands.

Demands of one grade and one set of certificates are a chain of caps. A lot enters a chain at the first cap
that its ask does not exceed, and reaches every dearer one. Lots that enter all chains alike are one *type*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from services.cooperative.sharing.engine.batch import Batch, Commodity, Demand, Lot
from services.cooperative.sharing.engine.canonical import tie
from services.cooperative.sharing.engine.flow import Ints, Mask, Network
from services.cooperative.sharing.engine.tiers import tiers

ENDLESS = 2**62


@dataclass(frozen=True)
class Pool:
    """One commodity: its lots and demands as columns. Types are nodes 0..types-1 of its network, caps follow.

    `type_of`: of each lot, -1 where it serves nothing; `node_of`: of each demand, the node of its chain's cap;
    `unit_of`: of each demand, the greatest common divisor of its eligible lots' steps (0: no eligible lot).
    """

    commodity: Commodity
    lots: Sequence[Lot]
    demands: Sequence[Demand]
    sellers: Sequence[str]
    seller_of: Ints
    quantity: Ints
    price: Ints
    step: Ints
    minimum: Ints
    tier: Ints
    type_of: Ints
    wanted: Ints
    node_of: Ints
    unit_of: Ints
    smallest_step: Ints
    """Of each demand: its eligible lots' smallest step, 0 without any."""
    serves: Ints
    """Of each lot: all the demands together that it may serve."""
    network: Network
    types: int
    entry: Ints
    """Types x chains: the node where the type enters the chain, -1 where it does not."""
    chain_of: Ints
    """Of each node that is a cap: its chain; of types -1."""
    batch: str
    villages: Mapping[str, tuple[int, int]]
    """Of each village its place in the batch and its haul cost."""

    @cached_property
    def rank(self) -> Ints:
        """Of each seller, his place in ties."""
        return _ranks(self.batch, self.sellers)

    @cached_property
    def lot_rank(self) -> Ints:
        return _ranks(self.batch, [lot.lot for lot in self.lots])

    @cached_property
    def demand_rank(self) -> Ints:
        return _ranks(self.batch, [demand.demand for demand in self.demands])

    @cached_property
    def village(self) -> Ints:
        """Of each lot, its village's place in the batch."""
        return _column(self.villages[lot.village][0] for lot in self.lots)

    @cached_property
    def haul(self) -> Ints:
        """Of each lot, rupiah per `per` units on top of its price."""
        return _column(self.villages[lot.village][1] for lot in self.lots)

    @cached_property
    def turn(self) -> Ints:
        """Of each lot its place by expiry, those without one last, then by id."""
        order = sorted(range(len(self.lots)), key=lambda one: (self.lots[one].expiry or "~", one))
        place = np.zeros(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        return place

    @cached_property
    def alike(self) -> list[list[int]]:
        """Groups of lots of one seller, equal in all but expiry, the first to expire first, without a date last."""
        groups: dict[tuple[object, ...], list[int]] = {}
        several_lots = np.bincount(self.seller_of, minlength=1) > 1
        for place in np.flatnonzero(several_lots[self.seller_of]).tolist():
            lot = self.lots[place]
            kind = (
                lot.seller,
                lot.grade,
                lot.price,
                lot.village,
                lot.certificates,
                lot.step,
                lot.minimum,
            )
            groups.setdefault(kind, []).append(place)
        dated = (places for places in groups.values() if any(self.lots[one].expiry for one in places))
        return [sorted(places, key=self.turn.__getitem__) for places in dated if len(places) > 1]

    @cached_property
    def claims(self) -> tuple[Ints, Ints]:
        """Seller and tier of each claim, in order; and of each lot its claim."""
        price_of_tier, tier = np.unique(self.tier, return_inverse=True)
        count = max(len(price_of_tier), 1)
        keys, claim = np.unique(self.seller_of * count + tier.reshape(-1), return_inverse=True)
        return np.stack((keys // count, price_of_tier[keys % count]), axis=1), claim.reshape(-1)

    @cached_property
    def eligible(self) -> Mask:
        return self.type_of >= 0

    def whole(self, open_quantity: Ints) -> Ints:
        """Demands in whole multiples of their unit; 0 where nothing is eligible."""
        unit = np.maximum(self.unit_of, 1)
        return np.where(self.unit_of > 0, open_quantity // unit * unit, 0)

    def room(self, open_quantity: Ints) -> Ints:
        """What each node takes."""
        room = np.zeros(self.network.size, dtype=np.int64)
        np.add.at(room, self.node_of, open_quantity)
        return room

    def stock(self, confirmed: Ints | None = None) -> Ints:
        """Whole-step stock: what a lot can ever give beyond what is confirmed."""
        taken = np.zeros_like(self.quantity) if confirmed is None else confirmed
        free = (self.quantity - taken) // self.step * self.step
        least = -(-self.minimum // self.step) * self.step
        never = (taken + free < self.minimum) | (least > self.serves) | ~self.eligible
        return np.where(never, 0, free)


def pools(batch: Batch) -> dict[str, Pool]:
    """The batch by commodity; dates are looked at here, so that every chain is of one day."""
    lots: dict[str, list[Lot]] = {one.commodity: [] for one in batch.commodities}
    demands: dict[str, list[Demand]] = {one.commodity: [] for one in batch.commodities}
    for lot in batch.lots:
        lots[lot.commodity].append(lot)
    for demand in batch.demands:
        demands[demand.commodity].append(demand)
    tier = batch.parameters.tier_permille
    villages = {one.village: (place, one.haul_cost) for place, one in enumerate(batch.villages)}
    return {
        one.commodity: replace(
            pool(one, lots[one.commodity], demands[one.commodity], batch.day, tier),
            batch=batch.batch,
            villages=villages,
        )
        for one in batch.commodities
    }


def _ranks(batch: str, names: Sequence[str]) -> Ints:
    ties = [(tie(batch, name), name) for name in names]
    order = sorted(range(len(ties)), key=ties.__getitem__)
    rank = np.zeros(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def in_season(lot: Lot, day: str) -> bool:
    return (lot.ready is None or lot.ready <= day) and (lot.expiry is None or day <= lot.expiry)


def pool(
    commodity: Commodity, lots: Sequence[Lot], demands: Sequence[Demand], day: str, tier_permille: int
) -> Pool:
    """One commodity's columns, chains and types."""
    price = _column(lot.price for lot in lots)
    step = _column(lot.step for lot in lots)
    wanted = _column(demand.quantity for demand in demands)
    sellers = sorted({lot.seller for lot in lots})
    place = {seller: number for number, seller in enumerate(sellers)}
    chains = _Chains(commodity, demands)
    first = chains.entries(lots, price, [in_season(lot, day) for lot in lots])
    signatures, type_of = _types(first)
    return Pool(
        commodity=commodity,
        lots=lots,
        demands=demands,
        sellers=sellers,
        seller_of=_column(place[lot.seller] for lot in lots),
        quantity=_column(lot.quantity for lot in lots),
        price=price,
        step=step,
        minimum=_column(lot.minimum for lot in lots),
        tier=tiers(price, commodity.reference_price, tier_permille),
        type_of=type_of,
        wanted=wanted,
        node_of=len(signatures) + chains.cap_of,
        unit_of=chains.over_steps(first, step, np.gcd, 0),
        smallest_step=chains.over_steps(first, step, np.minimum, ENDLESS) % ENDLESS,
        serves=chains.served(first, wanted),
        network=chains.network(signatures),
        types=len(signatures),
        entry=np.where(signatures >= 0, signatures + len(signatures), -1),
        batch="",
        villages={},
        chain_of=np.concatenate((np.full(len(signatures), -1, dtype=np.int64), chains.chain_of)),
    )


def _column(values: object) -> Ints:
    return np.fromiter(values, dtype=np.int64)  # type: ignore[call-overload, no-any-return]


class _Chains:
    """The caps of one commodity, numbered chain by chain, each chain's cheapest first."""

    def __init__(self, commodity: Commodity, demands: Sequence[Demand]) -> None:
        self.grades = {grade: rank for rank, grade in enumerate(commodity.grades)}
        keys = [(self.grades.get(one.grade or "", 0), one.certificates) for one in demands]
        self.keys = sorted(set(keys))
        chain = {key: number for number, key in enumerate(self.keys)}
        self.of_demand = _column(chain[key] for key in keys)
        cap = _column(one.cap for one in demands)
        pairs = np.stack((self.of_demand, cap), axis=1) if len(demands) else np.zeros((0, 2), dtype=np.int64)
        found, inverse = np.unique(pairs, axis=0, return_inverse=True)
        self.cap_of: Ints = inverse.reshape(-1).astype(np.int64)
        self.chain_of: Ints = found[:, 0].astype(np.int64)
        self.caps: Ints = found[:, 1].astype(np.int64)
        self.starts = np.searchsorted(self.chain_of, np.arange(len(self.keys) + 1))

    def entries(self, lots: Sequence[Lot], price: Ints, in_season: list[bool]) -> Ints:
        """Lots x chains: the number of the first cap that the ask does not exceed, -1 where none."""
        keys = [(self.grades.get(lot.grade or "", 0), lot.certificates) for lot in lots]
        classes = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        of_lot = _column(classes[key] for key in keys)
        allowed = np.array(
            [[rank <= g and set(c) <= set(held) for g, c in self.keys] for rank, held in classes],
            dtype=np.bool_,
        ).reshape(len(classes), len(self.keys))
        first = np.full((len(lots), len(self.keys)), -1, dtype=np.int64)
        fresh = np.array(in_season, dtype=np.bool_)
        for chain in range(len(self.keys)):
            begin, end = int(self.starts[chain]), int(self.starts[chain + 1])
            at = begin + np.searchsorted(self.caps[begin:end], price)
            fits = fresh & (at < end) & (allowed[of_lot, chain] if len(lots) else fresh)
            first[fits, chain] = at[fits]
        return first

    def over_steps(self, first: Ints, step: Ints, together: np.ufunc, nothing: int) -> Ints:
        """Of each demand: its eligible lots' steps put together."""
        found = np.full(len(self.caps), nothing, dtype=np.int64)
        for chain in range(len(self.keys)):
            begin, end = int(self.starts[chain]), int(self.starts[chain + 1])
            inside = first[:, chain] >= 0
            together.at(found, first[inside, chain], step[inside])
            found[begin:end] = together.accumulate(found[begin:end])
        return found[self.cap_of]

    def served(self, first: Ints, wanted: Ints) -> Ints:
        """Of each lot: the sum of all demands that it may serve."""
        at_cap = np.zeros(len(self.caps), dtype=np.int64)
        np.add.at(at_cap, self.cap_of, wanted)
        total = np.zeros(len(first), dtype=np.int64)
        for chain in range(len(self.keys)):
            begin, end = int(self.starts[chain]), int(self.starts[chain + 1])
            above = np.cumsum(at_cap[begin:end][::-1])[::-1]
            inside = first[:, chain] >= 0
            total[inside] += above[first[inside, chain] - begin]
        return total

    def network(self, signatures: Ints) -> Network:
        """Types to the caps where they enter, each cap to the next dearer one of its chain."""
        count, caps = len(signatures), len(self.caps)
        types, chains = np.nonzero(signatures >= 0)
        cap = np.arange(max(caps - 1, 0))
        linked = cap[self.chain_of[cap] == self.chain_of[cap + 1]] if caps > 1 else cap
        tails = np.concatenate((types, count + linked))
        heads = np.concatenate((count + signatures[types, chains], count + linked + 1))
        return Network(count + caps, tails, heads, np.full(len(tails), ENDLESS))


def _types(first: Ints) -> tuple[Ints, Ints]:
    """The different rows of entries, and of each lot the number of its row (-1: it serves nothing)."""
    type_of = np.full(len(first), -1, dtype=np.int64)
    some = (first >= 0).any(axis=1) if first.shape[1] else np.zeros(len(first), dtype=np.bool_)
    if not some.any():
        return np.zeros((0, first.shape[1]), dtype=np.int64), type_of
    rows = np.ascontiguousarray(first[some].astype(np.int32))
    words = rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1]))).reshape(-1)
    _, index, inverse = np.unique(words, return_index=True, return_inverse=True)
    type_of[some] = inverse.reshape(-1)
    return first[some][index], type_of
