"""The water level: everyone gives up to it, nobody more than he has. Integers only."""

from collections.abc import Sequence
from hashlib import blake2b
from uuid import UUID


def water_level(stocks: Sequence[int], wanted: int) -> int:
    """The lowest level at which the stocks, each cut at it, cover what is wanted, or all there is."""
    left = min(wanted, sum(stocks))
    for taken, stock in enumerate(sorted(stocks)):
        even = -(-left // (len(stocks) - taken))
        if stock >= even:
            return even
        left -= stock
    return 0


def split(stocks: Sequence[int], wanted: int, turns: Sequence[int]) -> tuple[int, list[int]]:
    """The level, and what each gives: the level or all it has; the last in turn give one unit too many back."""
    level = water_level(stocks, wanted)
    given = [min(stock, level) for stock in stocks]
    too_many = sum(given) - min(wanted, sum(stocks))
    at_level = (place for place, part in enumerate(given) if part == level)
    for place in sorted(at_level, key=turns.__getitem__, reverse=True)[:too_many] if too_many else ():
        given[place] = level - 1
    return level, given


def drawn(sharing_id: UUID, lot_id: UUID) -> bytes:
    """A lot's place when a remainder is drawn for: nobody can choose it, anyone can check it."""
    return blake2b(lot_id.bytes, key=sharing_id.bytes, digest_size=16).digest()
