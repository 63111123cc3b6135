"""Which lots may serve which demand, and what stands in the way of the others."""

from collections.abc import Iterator
from datetime import date
from enum import IntEnum

from services.cooperative.sharing.batch import Demand, Lot, Product


class Obstacle(IntEnum):
    """In the order they are looked at: a later one means the lot came closer."""

    NOT_MEMBER = 1
    NOT_READY = 2
    EXPIRED = 3
    CERTIFICATE = 4
    GRADE = 5
    PRICE = 6
    SPENT = 7
    NO_STOCK = 8


SUITS = (Obstacle.SPENT, Obstacle.NO_STOCK)
"""Obstacles of a lot that would do if there were more of it, or if it had not been asked in vain already."""


def obstacle(lot: Lot, demand: Demand, product: Product, day: date) -> Obstacle | None:
    """What keeps the lot, had it stock, from serving the demand on that day."""
    return next(_obstacles(lot, demand, product, day), None)


def _obstacles(lot: Lot, demand: Demand, product: Product, day: date) -> Iterator[Obstacle]:
    if not lot.member:
        yield Obstacle.NOT_MEMBER
    if lot.ready_on is not None and lot.ready_on > day:
        yield Obstacle.NOT_READY
    if lot.expires_on is not None and lot.expires_on < day:
        yield Obstacle.EXPIRED
    if demand.certificates and not set(demand.certificates) <= set(lot.certificates):
        yield Obstacle.CERTIFICATE
    yield from _terms(lot, demand, product)


def _terms(lot: Lot, demand: Demand, product: Product) -> Iterator[Obstacle]:
    if not good_enough(lot.grade, demand.grade, product.grades):
        yield Obstacle.GRADE
    if lot.price * demand.per > demand.cap * lot.per:
        yield Obstacle.PRICE
    if lot.spent:
        yield Obstacle.SPENT


def good_enough(grade: str | None, lowest: str | None, best_first: tuple[str, ...]) -> bool:
    """Whether a lot's grade is at least the lowest one wanted; a grade that nobody lists is not."""
    if lowest is None:
        return True
    return (
        grade in best_first and lowest in best_first and best_first.index(grade) <= best_first.index(lowest)
    )
