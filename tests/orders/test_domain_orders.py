"""What may happen to an order; no database."""

import pytest

from services.orders.domain import Status
from services.orders.domain.refusals import (
    AlreadyCancelled,
    ChangedMeanwhile,
    TooLate,
)
from tests.orders.facts import filled, short
from tests.orders.people import (
    BASKET_LINE,
    CLOSES,
    KG,
    NOON,
    basket_wish,
    chilli_wish,
    lines,
    placed_order,
    window,
)


def test_a_change_replaces_all_lines_and_raises_the_version() -> None:
    order = placed_order()

    changed = order.change(lines(chilli_wish(400 * KG)), window=window(), seen=1, at=NOON)

    assert (changed.version, order.version) == (2, 2)
    assert [line.quantity for line in changed.lines] == [400 * KG]


def test_a_change_of_what_somebody_changed_meanwhile_is_refused() -> None:
    order = placed_order()
    order.change(lines(chilli_wish(400 * KG)), window=window(), seen=1, at=NOON)

    with pytest.raises(ChangedMeanwhile):
        order.change(lines(), window=window(), seen=1, at=NOON)


def test_a_buyer_neither_changes_nor_cancels_after_the_book_closed() -> None:
    order = placed_order()

    with pytest.raises(TooLate):
        order.change(lines(), window=window(), seen=1, at=CLOSES)
    with pytest.raises(TooLate):
        order.cancel("Acara batal", window=window(), at=CLOSES)
    assert (order.status, order.version) == (Status.PLACED, 1)


def test_a_cancelled_order_stays_cancelled() -> None:
    order = placed_order()

    cancelled = order.cancel("Acara batal", window=window(), at=NOON)

    assert (cancelled.version, cancelled.reason) == (2, "Acara batal")
    with pytest.raises(AlreadyCancelled):
        order.cancel("lagi", window=window(), at=NOON)
    with pytest.raises(AlreadyCancelled):
        order.change(lines(), window=window(), seen=2, at=NOON)
    order.hear(short(got=0, reason="CALLED_OFF"))
    assert order.status is Status.CANCELLED


def test_an_order_is_filled_when_all_its_lines_are() -> None:
    order = placed_order(chilli_wish())

    order.hear(filled())

    assert order.status is Status.FILLED
    (line,) = order.lines
    assert (line.filled, line.missing, line.reason) == (500 * KG, 0, None)
    assert [part["name"] for part in line.villages] == ["Cisuru", "Serang"]


def test_an_order_is_partly_filled_when_something_is_missing_and_waits_for_its_last_line() -> None:
    order = placed_order(chilli_wish(), basket_wish())

    order.hear(short(got=26))
    waiting = order.status
    order.hear(filled())

    assert (waiting, order.status) == (Status.IN_BOOK, Status.PARTLY)
    missing = {line.line_id: (line.missing, line.reason) for line in order.lines}
    assert missing[BASKET_LINE] == (14, "NO_STOCK")


def test_an_order_without_anything_is_short() -> None:
    order = placed_order(basket_wish())

    order.hear(short(got=0, reason="NO_ELIGIBLE_LOT"))

    assert order.status is Status.SHORT


def test_an_outcome_told_again_is_no_news() -> None:
    order = placed_order(chilli_wish())

    news = order.hear(filled()), order.hear(filled()), order.hear(filled(version=2))

    assert news == (True, False, True)
