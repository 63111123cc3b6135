"""Which lots may serve which demand, and what stands in the way of the others."""

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
"""Obstacles of a lot that would do if there were more of it, or if its seller had not answered already."""


def obstacle(lot: Lot, stock: int, demand: Demand, product: Product, day: date) -> Obstacle | None:
    """What keeps the lot, with so much stock left, from serving the demand on that day."""
    found = {
        Obstacle.NOT_MEMBER: not lot.member,
        Obstacle.NOT_READY: lot.ready_on is not None and lot.ready_on > day,
        Obstacle.EXPIRED: lot.expires_on is not None and lot.expires_on < day,
        Obstacle.CERTIFICATE: not set(demand.certificates) <= set(lot.certificates),
        Obstacle.GRADE: not good_enough(lot.grade, demand.grade, product.grades),
        Obstacle.PRICE: lot.price * demand.per > demand.cap * lot.per,
        Obstacle.SPENT: lot.spent,
        Obstacle.NO_STOCK: stock < product.step,
    }
    return next((name for name in Obstacle if found[name]), None)


def good_enough(grade: str | None, lowest: str | None, best_first: tuple[str, ...]) -> bool:
    """Whether a lot's grade is at least the lowest one wanted; a grade that nobody lists is not."""
    if lowest is None:
        return True
    return (
        grade in best_first and lowest in best_first and best_first.index(grade) <= best_first.index(lowest)
    )
