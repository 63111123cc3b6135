"""One sharing being computed: its pools, who comes first in ties, what is confirmed and what is still free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from services.cooperative.sharing.engine.batch import Batch
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

    @cached_property
    def most(self) -> int:
        """The whole-step max-flow of what is free."""
        supply = np.zeros(self.pool.network.size, dtype=np.int64)
        own = self.stock > 0
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
        name: _free(batch, pool, barred) for name, pool in (pools(batch) if found is None else found).items()
    }


def _free(batch: Batch, pool: Pool, barred: frozenset[str]) -> Free:
    lots = batch.confirmed_of_lots
    demands = batch.confirmed_of_demands
    given = np.array(
        [lots.get(lot.lot, 0) for lot in pool.lots] if lots else [0] * len(pool.lots), dtype=np.int64
    )
    filled = np.array([demands.get(one.demand, 0) for one in pool.demands], dtype=np.int64)
    out = np.array([lot.lot in barred for lot in pool.lots], dtype=np.bool_)
    return Free(
        pool=pool,
        rank=pool.rank,
        lot_rank=pool.lot_rank,
        village=pool.village,
        haul=pool.haul,
        stock=np.where(out, 0, pool.stock(given)),
        confirmed=given,
        filled=filled,
        open_quantity=pool.whole(pool.wanted - filled),
        barred=out,
    )
