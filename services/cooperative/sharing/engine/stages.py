"""Base first, then tier by tier: the one shape of both hak (first shares, tiers) and given (dues, tiers)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from services.cooperative.sharing.engine.filling import ByLevel, Filling, Group
from services.cooperative.sharing.engine.flow import Flow, Ints
from services.cooperative.sharing.engine.parts import Parts


@dataclass(frozen=True)
class Stuck:
    """A bottleneck: `tier` None for the base, `members` are sellers of the parts, each with his amount."""

    tier: int | None
    level: int
    members: Ints
    amounts: Ints


@dataclass(frozen=True)
class Split:
    """What each seller of the parts has as base, what each claim has, and the groups that were stuck."""

    parts: Parts
    base: Ints
    claims: Ints
    stuck: tuple[Stuck, ...]
    flow: Flow

    @property
    def total(self) -> Ints:
        total = self.base.copy()
        np.add.at(total, self.parts.claim_seller, self.claims)
        return total

    def lots(self) -> Ints:
        """What each lot of the pool gives."""
        return self.parts.lots_given(self.base, self.claims, self.flow)


def base_of(
    parts: Parts, room: Ints, start: Ints, most: Ints, rank: Ints
) -> tuple[Ints, tuple[Stuck, ...], Flow]:
    """The base alone: leximin of `start` + amount, nobody above `most`."""
    filling = Filling(parts.network, room, np.zeros(parts.network.size, dtype=np.int64))
    base, groups = filling.fill(ByLevel(start, most, rank), parts.base_node)
    supply = np.zeros(parts.network.size, dtype=np.int64)
    np.add.at(supply, parts.base_node, base)
    flow = Flow(parts.network, supply, room)
    return base, _stuck(None, groups, base, most, np.arange(len(base))), flow


def tiers_above(parts: Parts, room: Ints, base: Ints, rank: Ints, stuck: tuple[Stuck, ...]) -> Split:
    """Everybody keeps his base, on whatever lots; the rest goes tier by tier, leximin inside each, from zero."""
    fixed = np.zeros(parts.network.size, dtype=np.int64)
    np.add.at(fixed, parts.base_node, base)
    filling = Filling(parts.network, room, fixed)
    claims = np.zeros(len(parts.claim_stock), dtype=np.int64)
    left = parts.seller_stock - base
    order = np.argsort(parts.claim_tier, kind="stable")
    bounds = np.flatnonzero(np.diff(parts.claim_tier[order], prepend=-ENDLESS_TIER, append=ENDLESS_TIER))
    for begin, end in pairwise(bounds.tolist()):
        own = order[begin:end]
        who = parts.claim_seller[own]
        most = np.minimum(parts.claim_stock[own], left[who])
        got, groups = filling.fill(ByLevel(np.zeros_like(most), most, rank[who]), parts.claim_node[own])
        claims[own] = got
        left[who] -= got
        stuck += _stuck(int(parts.claim_tier[own[0]]), groups, got, most, who)
    supply = np.zeros(parts.network.size, dtype=np.int64)
    np.add.at(supply, parts.base_node, base)
    np.add.at(supply, parts.claim_node, claims)
    return Split(parts, base, claims, stuck, Flow(parts.network, supply, room))


ENDLESS_TIER = 2**62


def _stuck(tier: int | None, groups: list[Group], got: Ints, most: Ints, who: Ints) -> tuple[Stuck, ...]:
    """Groups in which somebody has less than he could give; those at level zero got nothing to speak of."""
    found = []
    for group in groups:
        amounts = got[group.members]
        level = int(amounts.max())
        if level > 0 and (amounts < most[group.members]).any():
            found.append(Stuck(tier, level, who[group.members], amounts))
    return tuple(found)
