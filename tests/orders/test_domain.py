"""What may happen to an order, a window and a book; no database."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from services.chassis.codes import valid_code
from services.chassis.ids import new_id
from services.orders.domain import Status, close, lines_of, place
from services.orders.domain.refusals import (
    AlreadyCancelled,
    CalledOff,
    ChangedMeanwhile,
    NotAMultiple,
    NotInWindow,
    NotOpenYet,
    TooLate,
    UnknownCommodity,
    UnknownGrade,
)
from services.orders.events import BookedOrder
from tests.orders.people import (
    BASKET,
    BASKET_LINE,
    CLOSES,
    COOPERATIVE,
    DEWI,
    KG,
    KNOWN,
    NOON,
    OPENS,
    ORDER,
    WINDOW,
    basket_wish,
    chilli_wish,
    filled,
    lines,
    placed_order,
    short,
    window,
)

A_SECOND = timedelta(seconds=1)


def test_an_order_placed_in_an_open_window_tells_everything_that_sharing_needs() -> None:
    order, placed = place(ORDER, DEWI, lines(chilli_wish()), window=window(), at=NOON)

    assert (order.status, order.version) == (Status.PLACED, 1)
    assert (placed.order_id, placed.version, placed.buyer_id, placed.placed_at) == (ORDER, 1, DEWI, NOON)
    assert (placed.window_id, placed.cooperative_id) == (WINDOW, COOPERATIVE)
    assert valid_code(placed.code)
    (line,) = placed.lines
    assert (line.commodity_name, line.unit, line.per, line.grade) == ("Cabai merah", "g", KG, "A")
    assert (line.quantity, line.cap) == (500 * KG, 38_000)


def test_the_first_moment_of_a_window_is_open_and_its_last_is_not() -> None:
    place(ORDER, DEWI, lines(), window=window(), at=OPENS)
    place(ORDER, DEWI, lines(), window=window(), at=CLOSES - A_SECOND)

    with pytest.raises(NotOpenYet):
        place(ORDER, DEWI, lines(), window=window(), at=OPENS - A_SECOND)
    with pytest.raises(TooLate):
        place(ORDER, DEWI, lines(), window=window(), at=CLOSES)


def test_a_closed_book_refuses_even_where_a_clock_is_late() -> None:
    shut = window()
    shut.close(CLOSES)

    with pytest.raises(TooLate):
        place(ORDER, DEWI, lines(), window=shut, at=NOON)


def test_a_called_off_window_takes_no_order_and_closes_no_book() -> None:
    off = window()
    off.called_off = "Jembatan putus"

    with pytest.raises(CalledOff, match="Jembatan putus"):
        place(ORDER, DEWI, lines(), window=off, at=NOON)
    with pytest.raises(CalledOff):
        close(off, [], at=CLOSES)


def test_what_nobody_could_share_out_is_not_ordered() -> None:
    with pytest.raises(NotAMultiple, match=r"steps of 1 kg; 1.5 kg .* Order 1 kg"):
        lines(chilli_wish(quantity=1500))
    with pytest.raises(NotAMultiple, match="Order 1 kg"):
        lines(chilli_wish(quantity=1))


def test_a_grade_must_be_one_of_the_commodity() -> None:
    lines(chilli_wish(grade="B"), chilli_wish(grade=None))

    with pytest.raises(UnknownGrade, match="A, B"):
        lines(chilli_wish(grade="C"))


def test_a_commodity_must_be_known_and_in_the_window() -> None:
    other = window()
    other.commodity_ids = (BASKET,)

    with pytest.raises(UnknownCommodity):
        lines_of([chilli_wish()], window(), {})
    with pytest.raises(NotInWindow):
        lines_of([chilli_wish()], other, KNOWN)


def test_a_refusal_says_when_in_the_windows_own_zone_and_the_callers_language() -> None:
    with pytest.raises(TooLate) as refused:
        window().check_open(CLOSES)

    assert "Thu 26 Nov 2026 at 12:00 WIB" in refused.value.sentence("en")
    assert "Kamis 26 Nov 2026 pukul 12.00 WIB" in refused.value.sentence("id")


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


def test_a_book_holds_every_order_in_its_version_and_anyone_can_check_its_digest() -> None:
    later, earlier = UUID(int=2), UUID(int=1)
    placed = [BookedOrder(order_id=later, version=1), BookedOrder(order_id=earlier, version=3)]
    shut = window()

    book, closed = close(shut, placed, at=CLOSES + A_SECOND)

    assert [(each.order_id, each.version) for each in closed.orders] == [(earlier, 3), (later, 1)]
    assert closed.digest == sha256(f"{earlier}:3\n{later}:1\n".encode()).hexdigest() == book.digest
    assert (closed.version, closed.due_at, closed.closed_at) == (1, CLOSES, CLOSES + A_SECOND)
    assert shut.closed_at == CLOSES + A_SECOND


def test_a_book_closes_once_and_also_when_it_is_empty() -> None:
    shut = window()

    _, closed = close(shut, [], at=CLOSES)

    assert (closed.orders, closed.digest) == ((), sha256(b"").hexdigest())
    with pytest.raises(TooLate):
        close(shut, [BookedOrder(order_id=new_id(), version=1)], at=CLOSES)
