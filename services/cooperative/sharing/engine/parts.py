"""Sellers in the network of one pool: whose stock stands where, and what a seller with many lots shares among them.

A seller whose lots are all of one type stands at that type. One with lots of several types gets nodes of his
own: one for what may come from any of his lots (`base`: first share, or dues), one for each tier, and one for
each of his heaps, a *heap* being his stock of one type and one tier.
"""

from dataclasses import dataclass

import numpy as np

from services.cooperative.sharing.engine.eligibility import ENDLESS, Pool
from services.cooperative.sharing.engine.flow import Flow, Ints, Mask, Network


@dataclass(frozen=True)
class Parts:
    """Columns: `lots` with stock, in order of seller and price; `claims`: one per seller and tier."""

    pool: Pool
    stock: Ints
    lots: Ints
    sellers_in_pool: Ints
    seller_stock: Ints
    base_node: Ints
    claim_seller: Ints
    claim_tier: Ints
    claim_stock: Ints
    claim_node: Ints
    network: Network
    heap_of: Ints
    """Of each of `lots`: its heap, numbered in order."""
    heap_node: Ints
    """Of each heap: its node, -1 for sellers who stand at a type."""
    heap_seller: Ints
    heap_tier: Ints

    def room(self, open_quantity: Ints) -> Ints:
        room = np.zeros(self.network.size, dtype=np.int64)
        room[: self.pool.network.size] = self.pool.room(open_quantity)
        return room

    def lots_given(self, base: Ints, claims: Ints, flow: Flow) -> Ints:
        """Of each lot of the pool: what it gives; cheapest first among what is alike."""
        heap = np.zeros(len(self.heap_node), dtype=np.int64)
        own = self.heap_node >= 0
        heap[own] = flow.on_arcs()[len(self.network.tails) - int(own.sum()) :]
        total = base.copy()
        np.add.at(total, self.claim_seller, claims)
        given = np.zeros(len(self.pool.lots), dtype=np.int64)
        simple = ~own[self.heap_of]
        stock = self.stock[self.lots]
        who = self.heap_seller[self.heap_of]
        given[self.lots] = np.where(
            simple, _poured(stock, who, total[who]), _poured(stock, self.heap_of, heap[self.heap_of])
        )
        return given


def _poured(stock: Ints, group: Ints, amount: Ints) -> Ints:
    """The group's amount poured into its stocks one after the other; groups stand together."""
    before = np.cumsum(stock) - stock
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    inside = before - np.repeat(before[begins], np.diff(np.append(begins, len(group))))
    return np.clip(amount - inside, 0, stock)


def parts(pool: Pool, stock: Ints) -> Parts:
    """Who stands where with this stock."""
    lots = _in_order(pool, stock)
    seller, kind, tier = pool.seller_of[lots], pool.type_of[lots], pool.tier[lots]
    people, who = np.unique(seller, return_inverse=True)
    low, high = np.full(len(people), ENDLESS), np.full(len(people), -1)
    np.minimum.at(low, who, kind)
    np.maximum.at(high, who, kind)
    many = low < high
    heap_of = _heaps(who, kind, tier, many)
    first = np.unique(heap_of, return_index=True)[1]
    claim_seller, claim_tier, claim_of = _claims(pool, lots, people)
    nodes = _nodes(pool.network.size, low, many, claim_seller, who[first])
    ends = nodes[0][who[first]], nodes[1][claim_of[first]], nodes[2], kind[first]
    return Parts(
        pool=pool,
        stock=stock,
        lots=lots,
        sellers_in_pool=people,
        seller_stock=_sum(who, stock[lots], len(people)),
        base_node=nodes[0],
        claim_seller=claim_seller,
        claim_tier=claim_tier,
        claim_stock=_sum(claim_of, stock[lots], len(claim_seller)),
        claim_node=nodes[1],
        network=_network(pool.network, ends, _sum(heap_of, stock[lots], len(first))),
        heap_of=heap_of,
        heap_node=nodes[2],
        heap_seller=who[first],
        heap_tier=tier[first],
    )


def _in_order(pool: Pool, stock: Ints) -> Ints:
    """Lots with stock by seller, tier, type, price and date."""
    lots = np.flatnonzero(stock > 0)
    columns = pool.turn, pool.price, pool.type_of, pool.tier, pool.seller_of
    order: Ints = lots[np.lexsort(tuple(column[lots] for column in columns))]
    return order


def _claims(pool: Pool, lots: Ints, people: Ints) -> tuple[Ints, Ints, Ints]:
    """Of each claim that these lots have its seller (by his place among `people`) and tier; of each lot its claim."""
    claims, claim_of_lot = pool.claims
    used, claim_of = np.unique(claim_of_lot[lots], return_inverse=True)
    return np.searchsorted(people, claims[used, 0]), claims[used, 1], claim_of.reshape(-1)


def _network(network: Network, ends: tuple[Ints, Ints, Ints, Ints], heap_stock: Ints) -> Network:
    """The pool's network with arcs from bases and claims to heaps, and from heaps to types. `ends`: of each heap."""
    own = ends[2] >= 0
    base, claim, heap, kind = (column[own] for column in ends)
    return Network(
        max(network.size, int(ends[2].max(initial=-1)) + 1),
        np.concatenate((network.tails, base, claim, heap)),
        np.concatenate((network.heads, heap, heap, kind)),
        np.concatenate((network.limits, np.full(2 * len(heap), ENDLESS), heap_stock[own])),
    )


def _nodes(
    size: int, kind: Ints, many: Mask, claim_seller: Ints, heap_seller: Ints
) -> tuple[Ints, Ints, Ints]:
    """Nodes of bases, claims and heaps: the seller's type, or his own nodes where he has many types."""
    base = np.where(many, size + np.cumsum(many) - 1, kind)
    size += int(many.sum())
    own = many[claim_seller]
    claim = np.where(own, size + np.cumsum(own) - 1, kind[claim_seller])
    size += int(own.sum())
    own = many[heap_seller]
    return base, claim, np.where(own, size + np.cumsum(own) - 1, -1)


def _heaps(who: Ints, kind: Ints, tier: Ints, many: Mask) -> Ints:
    """Lots stand in order of seller, tier and type, so those of one heap stand together."""
    if not len(who):
        return who
    new = np.diff(who, prepend=-1) != 0
    new |= many[who] & ((np.diff(kind, prepend=-1) != 0) | (np.diff(tier, prepend=0) != 0))
    return np.cumsum(new) - 1


def _sum(group: Ints, values: Ints, count: int) -> Ints:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, group, values)
    return total
