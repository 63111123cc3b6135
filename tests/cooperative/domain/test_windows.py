"""When a window may be announced, asked in, made firm or called off."""

from datetime import UTC, datetime, timedelta

import pytest

from services.cooperative.domain import Window, WindowStatus, take_book
from services.cooperative.domain.lines import BookedOrder
from services.cooperative.domain.refusals import (
    AlreadyCalledOff,
    AlreadyFirm,
    ClosesInThePast,
    FirmAfterDelivery,
    WrongTimes,
)
from tests.cooperative.people import (
    ANSWER_BY,
    CLOSES,
    FIRM,
    KITCHEN,
    LINE,
    NOON,
    ORDER,
    OTHER_LINE,
    OTHER_ORDER,
    ROUND,
    window,
)
from tests.cooperative.told import ordered

MINUTE = timedelta(minutes=1)


def test_an_announced_window_tells_everything_that_orders_needs() -> None:
    announced = window().announced(NOON)

    assert (announced.closes_at, announced.answer_by, announced.version) == (CLOSES, ANSWER_BY, 1)
    assert announced.code == window().code


@pytest.mark.parametrize(
    "times",
    [
        {"opens_at": CLOSES},
        {"answer_by": CLOSES},
        {"answer_by": FIRM + MINUTE},
        {"firm_at": ANSWER_BY - MINUTE},
    ],
)
def test_a_window_whose_times_are_not_in_order_is_refused(times: dict[str, datetime]) -> None:
    with pytest.raises(WrongTimes):
        window(**times).announced(NOON)


def test_a_window_that_has_closed_already_is_refused() -> None:
    with pytest.raises(ClosesInThePast):
        window().announced(CLOSES)


def test_a_window_that_would_be_firm_after_delivery_is_refused() -> None:
    with pytest.raises(FirmAfterDelivery):
        window(firm_at=datetime(2026, 11, 26, 17, 0, 1, tzinfo=UTC)).announced(NOON)


def test_holds_last_to_the_end_of_the_delivery_day_where_it_happens() -> None:
    assert window().holds_until == datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert window(time_zone="Asia/Jayapura").holds_until == datetime(2026, 11, 26, 15, tzinfo=UTC)


def test_the_first_round_ends_at_the_announced_time() -> None:
    assert window().next_answer_by(CLOSES) == ANSWER_BY


def test_a_first_round_that_comes_late_still_leaves_time_to_answer() -> None:
    late = ANSWER_BY - 10 * MINUTE

    assert window().next_answer_by(late) == late + ROUND


def test_a_later_round_lasts_its_minutes_and_never_beyond_firm() -> None:
    later = window(round=1)

    assert later.next_answer_by(FIRM - ROUND) == FIRM
    assert later.next_answer_by(FIRM - ROUND + MINUTE) is None


@pytest.mark.parametrize("status", [WindowStatus.FIRM, WindowStatus.CALLED_OFF])
def test_no_round_opens_once_a_window_is_firm_or_called_off(status: WindowStatus) -> None:
    assert window(status=status).next_answer_by(CLOSES) is None


def test_a_window_can_be_called_off_until_firm_and_once() -> None:
    called_off = window(version=1)

    told = called_off.call_off("Jembatan putus", FIRM - MINUTE)

    assert (told.reason, told.version) == ("Jembatan putus", 2)
    with pytest.raises(AlreadyCalledOff):
        called_off.call_off("lagi", FIRM - MINUTE)


@pytest.mark.parametrize(("status", "at"), [(WindowStatus.ANNOUNCED, FIRM), (WindowStatus.FIRM, CLOSES)])
def test_a_firm_window_cannot_be_called_off(status: WindowStatus, at: datetime) -> None:
    with pytest.raises(AlreadyFirm):
        window(status=status).call_off("hujan", at)


def booked() -> list[BookedOrder]:
    return [
        BookedOrder(OTHER_ORDER, KITCHEN, NOON + MINUTE, [ordered(line_id=OTHER_LINE)]),
        BookedOrder(ORDER, KITCHEN, NOON, [ordered(line_id=LINE)]),
    ]


def test_a_book_gives_its_lines_in_order_of_placing() -> None:
    assert [(line.id, line.place) for line in take_book(window(), booked())] == [(LINE, 1), (OTHER_LINE, 2)]


def test_a_book_is_taken_once() -> None:
    taken: Window = window()
    take_book(taken, booked())

    assert take_book(taken, booked()) == []


def test_a_called_off_window_takes_no_book() -> None:
    assert take_book(window(status=WindowStatus.CALLED_OFF), booked()) == []
