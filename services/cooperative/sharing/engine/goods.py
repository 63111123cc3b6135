"""The cheapest flow of one pool inside a set of villages: the cheapest lot first, as much as still can be carried."""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.filling import Filling, InTurn
from services.cooperative.sharing.engine.flow import Ints, Mask
from services.cooperative.sharing.engine.today import Free
from services.cooperative.sharing.engine.worth import dot

NEVER = 2**62


@dataclass(frozen=True)
class Cheapest:
    """What each lot gives in the cheapest fullest flow, and from which cost on a type takes no more."""

    given: Ints
    closed_at: Ints
    """Of each type: the cost of the lot at which it was full, `NEVER` where it never was."""
    closing_of: Ints

    @property
    def amount(self) -> int:
        return int(self.given.sum())


def cheapest(free: Free, most: Ints, cost: Ints, standing: Ints | None = None) -> Cheapest:
    """`most`: of each lot; `standing`: what lots give for certain, before all others."""
    pool = free.pool
    lots = np.flatnonzero(most > 0)
    lots = lots[np.argsort(cost[lots], kind="stable")]
    fixed = np.zeros(pool.network.size, dtype=np.int64)
    if standing is not None:
        own = standing > 0
        np.add.at(fixed, pool.type_of[own], standing[own])
    filling = Filling(pool.network, free.room, fixed)
    order = InTurn(most[lots])
    got, _ = filling.fill(order, pool.type_of[lots])
    given = np.zeros_like(most) if standing is None else standing.copy()
    given[lots] += got
    at = np.array([position for position, _ in filling.closings], dtype=np.int64)
    costs = np.append(cost[lots[np.searchsorted(order.before, at, side="right") - 1]], NEVER)
    closing = filling.closing_of[: pool.types]
    return Cheapest(given, costs[closing], closing)


def opening_gain(free: Free, now: Cheapest, lots: Mask) -> int:
    """At least what these lots could save if they came in (rupiah times `per`)."""
    own = np.flatnonzero(lots & (free.stock > 0))
    saved = now.closed_at[free.pool.type_of[own]] - free.cost[own]
    better = saved > 0
    return dot(free.stock[own[better]], saved[better])


def closing_loss(free: Free, now: Cheapest, lots: Mask, allowed: Mask) -> int | None:
    """At most what it costs to do without these lots; None where it cannot be done."""
    own = np.flatnonzero(lots & (now.given > 0))
    closing = now.closing_of[free.pool.type_of[own]]
    if (closing < 0).any():
        return None
    spare = np.flatnonzero(allowed & ~lots & (free.stock > now.given))
    group = now.closing_of[free.pool.type_of[spare]]
    cheapest_spare = np.full(int(now.closing_of.max(initial=-1)) + 2, NEVER)
    np.minimum.at(cheapest_spare, group, free.cost[spare])
    later = np.minimum.accumulate(cheapest_spare[:-1][::-1])[::-1]
    instead = later[closing]
    if (instead == NEVER).any():
        return None
    return dot(now.given[own], instead - free.cost[own])
