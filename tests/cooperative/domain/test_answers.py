"""What a seller may say to a share, and until when."""

from datetime import timedelta

import pytest

from services.cooperative.domain import Answer, ShareStatus
from services.cooperative.domain.refusals import (
    LessNeedsQuantity,
    NotAskedYet,
    NotInWholeSteps,
    QuantityNotUsed,
    RoundClosed,
    ShareEnded,
)
from tests.cooperative.domain.shares import answered, offered, share
from tests.cooperative.people import ANSWER_BY, KG, NOON


@pytest.mark.parametrize(
    ("answer", "quantity", "status", "stands"),
    [
        (Answer.YES, None, ShareStatus.ACCEPTED, 20 * KG),
        (Answer.LESS, 12 * KG, ShareStatus.REDUCED, 12 * KG),
        (Answer.NO, None, ShareStatus.DECLINED, 0),
    ],
)
def test_an_answer_says_what_will_be_brought(
    answer: Answer, quantity: int | None, status: ShareStatus, stands: int
) -> None:
    asked = offered()

    said = asked.answer(answer, quantity, NOON)

    assert (said.answer, said.asked, said.quantity, said.said_at) == (status.value, 20 * KG, stands, NOON)
    assert (asked.status, asked.promised) == (status, stands)


def test_a_later_answer_replaces_the_earlier_and_nothing_is_released_before() -> None:
    asked = answered(Answer.NO)

    asked.answer(Answer.LESS, 5 * KG, NOON)
    asked.answer(Answer.YES, None, NOON)

    assert (asked.status, asked.quantity, asked.released) == (ShareStatus.ACCEPTED, 20 * KG, 0)


@pytest.mark.parametrize("quantity", [None, 20 * KG, 21 * KG])
def test_less_needs_a_quantity_below_what_is_asked(quantity: int | None) -> None:
    with pytest.raises(LessNeedsQuantity):
        offered().answer(Answer.LESS, quantity, NOON)


def test_less_goes_in_whole_steps() -> None:
    with pytest.raises(NotInWholeSteps):
        offered().answer(Answer.LESS, 1500, NOON)


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_yes_and_no_need_no_quantity(answer: Answer) -> None:
    with pytest.raises(QuantityNotUsed):
        offered().answer(answer, 5 * KG, NOON)


def test_nothing_can_be_answered_before_stock_is_held() -> None:
    with pytest.raises(NotAskedYet):
        share().answer(Answer.YES, None, NOON)


def test_an_answer_after_its_time_is_refused_even_before_the_round_is_swept() -> None:
    with pytest.raises(RoundClosed):
        offered().answer(Answer.YES, None, ANSWER_BY)


def test_an_answer_after_the_round_closed_is_refused_even_before_its_time() -> None:
    closed = answered(Answer.YES)
    closed.close_round()

    with pytest.raises(RoundClosed):
        closed.answer(Answer.NO, None, NOON)


def test_an_ended_share_cannot_be_answered() -> None:
    ended = offered()
    ended.call_off()

    with pytest.raises(ShareEnded):
        ended.answer(Answer.YES, None, NOON)


def test_an_answer_counts_until_its_time() -> None:
    asked = offered()

    assert asked.can_answer(ANSWER_BY - timedelta(seconds=1))
    assert not asked.can_answer(ANSWER_BY)
    assert not share().can_answer(NOON)
