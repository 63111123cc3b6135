"""What a window and its commodities let a buyer order; no database."""

import pytest

from services.chassis.codes import valid_code
from services.orders.domain import Status, close, lines_of, place
from services.orders.domain.refusals import (
    CalledOff,
    NotAMultiple,
    NotInWindow,
    NotOpenYet,
    TooLate,
    UnknownCommodity,
    UnknownGrade,
)
from tests.orders.people import (
    A_SECOND,
    BASKET,
    CLOSES,
    COOPERATIVE,
    DEWI,
    KG,
    KNOWN,
    NOON,
    OPENS,
    ORDER,
    WINDOW,
    chilli_wish,
    lines,
    window,
)


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
