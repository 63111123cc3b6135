"""One sharing being computed: its pools, who comes first in ties, what is confirmed and what is still free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.cooperative.sharing.engine.batch import Batch, Line
from services.cooperative.sharing.engine.canonical import tie
from services.cooperative.sharing.engine.eligibility import Pool, pools
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask


@dataclass(frozen=True)
class Free:
    """One pool and what of it may still be shared. `open_quantity`: of each demand, in its whole multiples."""

    pool: Pool
    rank: Ints
    """Of each seller, his place in ties."""
    lot_rank: Ints
    village: Ints
    """Of each lot, its village's place in the batch."""
    haul: Ints
    """Of each lot, rupiah per `per` units on top of its price."""
    stock: Ints
    confirmed: Ints
    filled: Ints
    open_quantity: Ints
    barred: Mask
    """Lots that have answered anything but yes: they get nothing new."""

    @cached_property
    def cost(self) -> Ints:
        return self.pool.price + self.haul

    @cached_property
    def room(self) -> Ints:
        return self.pool.room(self.open_quantity)

    def most(self, open_villages: Mask | None = None) -> int:
        """The whole-step max-flow, everywhere or inside open villages."""
        supply = np.zeros(self.pool.network.size, dtype=np.int64)
        own = self.stock > 0 if open_villages is None else (self.stock > 0) & open_villages[self.village]
        np.add.at(supply, self.pool.type_of[own], self.stock[own])
        return Flow(self.pool.network, supply, self.room).value

    def confirmed_of_sellers(self) -> Ints:
        total = np.zeros(len(self.pool.sellers), dtype=np.int64)
        np.add.at(total, self.pool.seller_of, self.confirmed)
        return total


def today(
    batch: Batch, barred: Iterable[str] = (), found: Mapping[str, Pool] | None = None
) -> dict[str, Free]:
    """The batch's pools by commodity, with what its confirmed lines leave free."""
    barred = frozenset(barred)
    return {
        name: _free(batch, pool, barred, batch.confirmed)
        for name, pool in (pools(batch) if found is None else found).items()
    }


def _free(batch: Batch, pool: Pool, barred: frozenset[str], confirmed: Iterable[Line]) -> Free:
    lots = batch.confirmed_of_lots
    demands = batch.confirmed_of_demands
    given = np.array([lots[lot.lot] for lot in pool.lots] if lots else [0] * len(pool.lots), dtype=np.int64)
    filled = np.array([demands[one.demand] for one in pool.demands], dtype=np.int64)
    village = {one.village: place for place, one in enumerate(batch.villages)}
    haul = np.array([one.haul_cost for one in batch.villages], dtype=np.int64)
    where = np.array([village[lot.village] for lot in pool.lots], dtype=np.int64)
    out = np.array([lot.lot in barred for lot in pool.lots], dtype=np.bool_)
    return Free(
        pool=pool,
        rank=_ranks(batch.batch, pool.sellers),
        lot_rank=_ranks(batch.batch, [lot.lot for lot in pool.lots]),
        village=where,
        haul=haul[where] if len(where) else where,
        stock=np.where(out, 0, pool.stock(given)),
        confirmed=given,
        filled=filled,
        open_quantity=pool.whole(pool.wanted - filled),
        barred=out,
    )


def _ranks(batch: str, names: Iterable[str]) -> Ints:
    ties = [(tie(batch, name), name) for name in names]
    order = sorted(range(len(ties)), key=ties.__getitem__)
    rank = np.zeros(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank
