"""Step 2, hak: what is due to each seller by fairness alone, whatever the trucks cost.

The first share of every demand is split leximin over all eligible sellers whatever their price; the rest goes
tier by tier of price, leximin inside each tier. Exact whole numbers; every group that is stuck is named.
"""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.eligibility import Pool
from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.lines import lines_of
from services.cooperative.sharing.engine.parts import parts
from services.cooperative.sharing.engine.stages import Stuck, base_of, tiers_above


@dataclass(frozen=True)
class Hak:
    """Of one pool's sellers: `first` and `hak`, in units; and both as lines (lot, demand, quantity)."""

    first: Ints
    hak: Ints
    first_lines: tuple[Ints, Ints, Ints]
    hak_lines: tuple[Ints, Ints, Ints]
    stuck: tuple[Stuck, ...]


def entitlement(pool: Pool, first_share_permille: int, rank: Ints) -> Hak:
    """`rank`: of each seller of the pool, his place in ties."""
    own = parts(pool, pool.stock())
    who = own.sellers_in_pool
    share = pool.whole(pool.wanted) * first_share_permille // 1000
    nothing = np.zeros_like(own.seller_stock)
    base, stuck, flow = base_of(own, own.room(share), nothing, own.seller_stock, rank[who])
    wanted = pool.whole(pool.wanted)
    split = tiers_above(own, own.room(wanted), base, rank[who], stuck)
    first, hak = np.zeros(len(pool.sellers), dtype=np.int64), np.zeros(len(pool.sellers), dtype=np.int64)
    first[who], hak[who] = base, split.total
    return Hak(
        first,
        hak,
        lines_of(pool, own.lots_given(base, np.zeros_like(split.claims), flow), flow, share),
        lines_of(pool, split.lots(), split.flow, wanted),
        tuple(Stuck(one.tier, one.level, who[one.members], one.amounts) for one in split.stuck),
    )
