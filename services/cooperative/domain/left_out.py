"""Orders of a closed book that will never come, because an operator gave up what was told of them."""

from collections.abc import Collection, Iterable
from uuid import UUID

from services.cooperative.domain.windows import Window
from services.cooperative.events import OrderLeftOut

LEFT_OUT = "LEFT_OUT"


def never_comes(version: int, known: Collection[int], discarded: Collection[int | None]) -> bool:
    """Whether this version of an order was given up; None is one that nobody could read.

    A key's events come in order, so each that could not be read accounts for one version that is missing so far.
    While more are missing than were given up, one is still on its way.
    """
    if version in known or version in discarded:
        return version in discarded
    missing = set(range(1, version + 1)) - set(known) - set(discarded)
    return len(missing) <= sum(one is None for one in discarded)


def leave_out(window: Window, order_ids: Iterable[UUID]) -> list[OrderLeftOut]:
    """The facts that these orders are not shared with the book, while it is still to be shared."""
    if not window.takes_book:
        return []
    return [
        OrderLeftOut(order_id=one, version=1, window_id=window.id, reason=LEFT_OUT)
        for one in sorted(order_ids)
    ]
