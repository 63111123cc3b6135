"""Step 5: what is given inside the open villages: dues first, from the highest unpaid down to one level, then tiers."""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.parts import parts
from services.cooperative.sharing.engine.stages import Split, base_of, tiers_above
from services.cooperative.sharing.engine.today import Free


@dataclass(frozen=True)
class Given:
    """Of each lot of the pool what it is to give, in units, before minimum and step; of each seller his unpaid due."""

    lots: Ints
    unpaid: Ints
    split: Split


def unpaid_dues(free: Free, due: Ints) -> Ints:
    """Of each seller: what is confirmed pays first; a negative due counts as zero."""
    return np.maximum(np.maximum(due, 0) - free.confirmed_of_sellers(), 0)


def given(free: Free, stock: Ints, due: Ints) -> Given:
    """`stock`: of each lot what it may give today; `due`: of each seller of the pool."""
    own = parts(free.pool, stock)
    who = own.sellers_in_pool
    unpaid = unpaid_dues(free, due)
    most = np.minimum(unpaid[who], own.seller_stock)
    room, rank = own.room(free.open_quantity), free.rank[who]
    base, stuck, _ = base_of(own, room, -unpaid[who], most, rank)
    split = tiers_above(own, room, base, rank, stuck)
    return Given(split.lots(), unpaid, split)
