"""The water level: everyone gives up to it, nobody more than he has. Integers only."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, TypeVar
from uuid import UUID

Name = TypeVar("Name")


def water_level(stocks: Sequence[int], wanted: int) -> int:
    """The lowest level at which the stocks, each cut at it, cover what is wanted, or all there is."""
    left = min(wanted, sum(stocks))
    for taken, stock in enumerate(sorted(stocks)):
        even = -(-left // (len(stocks) - taken))
        if stock >= even:
            return even
        left -= stock
    return 0


def split(stocks: Mapping[Name, int], wanted: int, tie: Callable[[Name], Any]) -> dict[Name, int]:
    """What each gives: the level or all it has; the last in `tie` give the one unit too many back."""
    level = water_level(list(stocks.values()), wanted)
    given = {name: min(stock, level) for name, stock in stocks.items()}
    too_many = sum(given.values()) - min(wanted, sum(stocks.values()))
    at_level = sorted((name for name, part in given.items() if part == level), key=tie, reverse=True)
    return given | dict.fromkeys(at_level[:too_many], level - 1)


def drawn(sharing_id: UUID, lot_id: UUID) -> bytes:
    """A lot's place when a remainder is drawn for: nobody can choose it, anyone can check it."""
    return blake2b(lot_id.bytes, key=sharing_id.bytes, digest_size=16).digest()
