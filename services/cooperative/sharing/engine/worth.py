"""Exact sums of quantity times price, however large."""

from fractions import Fraction

import numpy as np

from services.cooperative.sharing.engine.flow import Ints


def dot(quantity: Ints, price: Ints) -> int:
    """The sum of quantity * price, in whole numbers without overflow."""
    if not len(quantity):
        return 0
    largest = int(np.abs(quantity).max()) * int(np.abs(price).max()) * len(quantity)
    if largest < 2**62:
        return int(quantity @ price)
    return sum(int(one) * int(other) for one, other in zip(quantity, price, strict=True))


def floored(terms: list[tuple[int, int, int]]) -> int:
    """The floor of the exact sum of a * b / c, all not negative."""
    bits = 96
    down = sum((a * b << bits) // c for a, b, c in terms)
    if down >> bits == (down + len(terms)) >> bits:
        return down >> bits
    exact = sum((Fraction(a * b, c) for a, b, c in terms), Fraction(0))
    return exact.numerator // exact.denominator
