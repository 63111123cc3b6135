"""Tiers of price: the largest whole k with reference * (1000 + width)^k <= price * 1000^k, in exact integers."""

import numpy as np

from services.cooperative.sharing.engine.flow import Ints


def tiers(price: Ints, reference: int, width: int) -> Ints:
    """Of each ask (rupiah per `per`); `width` in thousandths, 0: every price is its own tier."""
    if not width or not len(price):
        return price.copy()
    asks = np.unique(price)
    found = np.array([tier(int(asks[0]), reference, width)] * len(asks), dtype=np.int64)
    begins, first = _begins(int(found[0]), int(asks[-1]), reference, width)
    found = first + np.searchsorted(np.array(begins, dtype=np.int64), asks, side="right") - 1
    return found[np.searchsorted(asks, price)]


def tier(price: int, reference: int, width: int) -> int:
    """One ask's tier. `tier(36000, 36000, 50)` is 0, `tier(35999, 36000, 50)` is -1."""
    if not width:
        return price
    up, down, k = reference, price, 0
    while up * (1000 + width) <= down * 1000:
        up, down, k = up * (1000 + width), down * 1000, k + 1
    while up > down:
        up, down, k = up * 1000, down * (1000 + width), k - 1
    return k


def _begins(lowest: int, price: int, reference: int, width: int) -> tuple[list[int], int]:
    """The first whole rupiah of each tier from the lowest to the price's."""
    top, bottom = (1000 + width, 1000) if lowest >= 0 else (1000, 1000 + width)
    above, below = reference * top ** abs(lowest), bottom ** abs(lowest)
    begins = []
    while above <= price * below:
        begins.append(-(-above // below))
        above, below = above * (1000 + width), below * 1000
    return begins, lowest
