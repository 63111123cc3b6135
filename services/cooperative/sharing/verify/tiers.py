"""The price tier of an ask, in exact integers: the largest k with reference * (1000 + width)^k <= price * 1000^k."""

from collections.abc import Iterable
from math import floor, log


def tiers_of(prices: Iterable[int], reference: int, width: int) -> dict[int, int]:
    """Tier by price. With width 0 every price is a tier of its own."""
    if width == 0:
        return {price: price for price in prices}
    return {price: tier(price, reference, width) for price in prices}


def tier(price: int, reference: int, width: int) -> int:
    """A logarithm guesses, whole numbers decide."""
    guess = floor((log(price) - log(reference)) / log((1000 + width) / 1000))
    while not _reaches(price, reference, width, guess):
        guess -= 1
    while _reaches(price, reference, width, guess + 1):
        guess += 1
    return guess


def _reaches(price: int, reference: int, width: int, tier: int) -> bool:
    if tier >= 0:
        return bool(reference * (1000 + width) ** tier <= price * 1000**tier)
    return bool(reference * 1000**-tier <= price * (1000 + width) ** -tier)
