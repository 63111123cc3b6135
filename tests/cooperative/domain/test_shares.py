"""What may happen to one share, and what it tells."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.event import Event
from services.cooperative.domain import Answer, Share, ShareStatus
from services.cooperative.domain.refusals import (
    LessNeedsQuantity,
    NotAskedYet,
    NotInWholeSteps,
    QuantityNotUsed,
    RoundClosed,
    ShareEnded,
)
from services.cooperative.events import CommitWanted, ReleaseWanted, ShareChanged, ShareCommitted, ShareLapsed
from tests.cooperative.people import ANSWER_BY, DELIVERY, FIRM, KG, LINE, LOTS, NOON, SARI, SERANG, WINDOW


def share(wanted: int = 20 * KG) -> Share:
    return Share(
        id=UUID(int=900),
        window_id=WINDOW,
        sharing_id=UUID(int=901),
        line_id=LINE,
        lot_id=LOTS[SARI],
        lot_code="0001-0001",
        seller_id=SARI,
        village=SERANG,
        commodity_name="Cabai merah",
        unit="g",
        per=KG,
        step=KG,
        price=35_000,
        round=1,
        wanted=wanted,
        answer_by=ANSWER_BY,
        holds_until=FIRM,
        delivery_day=DELIVERY,
        time_zone="Asia/Jakarta",
        sentences={"id": "Diminta.", "en": "Asked."},
    )


def offered(held: int = 20 * KG) -> Share:
    asked = share()
    asked.hold_wanted()
    asked.take_hold(held, asking=True)
    return asked


def answered(answer: Answer, quantity: int | None = None) -> Share:
    said = offered()
    said.answer(answer, quantity, NOON)
    return said


def told(facts: list[Event]) -> list[tuple[str, Any]]:
    return [(type(fact).__name__, getattr(fact, "quantity", None)) for fact in facts]


def test_the_seller_is_asked_for_what_is_held_and_reads_what_was_wanted() -> None:
    asked = share()
    asked.hold_wanted()

    (offer,) = asked.take_hold(12 * KG, asking=True)

    assert offer.model_dump(include={"wanted", "quantity", "answer_by", "version"}) == {
        "wanted": 20 * KG,
        "quantity": 12 * KG,
        "answer_by": ANSWER_BY,
        "version": 2,
    }


def test_a_hold_told_twice_asks_once() -> None:
    asked = offered()

    assert asked.take_hold(5 * KG, asking=True) == []
    assert asked.held == 20 * KG


def test_a_share_whose_hold_is_refused_ends() -> None:
    asked = share()

    assert told(asked.miss_hold()) == [("ShareChanged", 0)]
    assert (asked.status, asked.ended_by, asked.promised) == (ShareStatus.ENDED, "NOT_HELD", 0)
    assert asked.miss_hold() == []


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


def test_silence_lapses_and_releases_all() -> None:
    asked = offered()

    facts = asked.close_round()

    assert told(facts) == [("ShareLapsed", 20 * KG), ("ReleaseWanted", 20 * KG)]
    assert asked.status is ShareStatus.LAPSED


def test_of_less_the_rest_is_released_when_the_round_closes() -> None:
    reduced = answered(Answer.LESS, 12 * KG)

    (release,) = reduced.close_round()

    assert isinstance(release, ReleaseWanted)
    assert (release.quantity, release.reason, reduced.quantity) == (8 * KG, "REDUCED", 12 * KG)


def test_a_no_is_released_when_the_round_closes_and_a_yes_is_untouched() -> None:
    assert told(answered(Answer.NO).close_round()) == [("ReleaseWanted", 20 * KG)]
    assert answered(Answer.YES).close_round() == []


def test_a_round_closes_once() -> None:
    asked = offered()
    asked.close_round()

    assert asked.close_round() == []


def test_a_hold_that_comes_after_the_round_closed_is_released_and_nobody_lapses() -> None:
    late = share()
    ended = late.close_round()

    (release,) = late.take_hold(20 * KG, asking=True)

    assert [(type(fact), getattr(fact, "reason", None)) for fact in ended] == [
        (ShareChanged, "TOO_LATE_HELD")
    ]
    assert isinstance(release, ReleaseWanted)
    assert (release.quantity, release.reason) == (20 * KG, "TOO_LATE_HELD")
    assert late.take_hold(20 * KG, asking=True) == []


@pytest.mark.parametrize(
    ("answer", "quantity", "facts"),
    [
        (None, None, [("ShareChanged", 0), ("ReleaseWanted", 20 * KG)]),
        (Answer.YES, None, [("ShareChanged", 0), ("ReleaseWanted", 20 * KG)]),
        (Answer.LESS, 12 * KG, [("ShareChanged", 0), ("ReleaseWanted", 20 * KG)]),
        (Answer.NO, None, [("ReleaseWanted", 20 * KG)]),
    ],
)
def test_calling_off_ends_a_share_and_releases_all_it_holds(
    answer: Answer | None, quantity: int | None, facts: list[tuple[str, int]]
) -> None:
    asked = answered(answer, quantity) if answer else offered()

    assert told(asked.call_off()) == facts
    assert asked.call_off() == []


def test_calling_off_after_the_round_closed_releases_only_what_still_stands() -> None:
    reduced = answered(Answer.LESS, 12 * KG)
    reduced.close_round()

    assert told(reduced.call_off()) == [("ShareChanged", 0), ("ReleaseWanted", 12 * KG)]


def test_a_hold_that_comes_while_the_window_is_called_off_is_released_with_the_share() -> None:
    asked = share()

    assert asked.take_hold(20 * KG, asking=False) == []
    assert told(asked.call_off()) == [("ShareChanged", 0), ("ReleaseWanted", 20 * KG)]


def test_what_stands_is_committed_and_the_seller_told_what_to_bring() -> None:
    accepted = answered(Answer.YES)
    accepted.close_round()

    (wanted,) = accepted.commit()
    (committed,) = accepted.take_commitment(20 * KG)

    assert isinstance(wanted, CommitWanted)
    assert isinstance(committed, ShareCommitted)
    assert (wanted.quantity, committed.quantity, accepted.status) == (20 * KG, 20 * KG, ShareStatus.COMMITTED)
    assert accepted.take_commitment(20 * KG) == []


def test_what_catalog_commits_in_part_is_told_in_part() -> None:
    accepted = answered(Answer.YES)
    accepted.commit()

    assert told(accepted.take_commitment(15 * KG)) == [("ShareChanged", 15 * KG), ("ShareCommitted", 15 * KG)]


def test_what_catalog_cannot_commit_ends() -> None:
    accepted = answered(Answer.YES)
    accepted.commit()

    assert told(accepted.take_commitment(0)) == [("ShareChanged", 0)]
    assert (accepted.status, accepted.ended_by) == (ShareStatus.ENDED, "NOT_COMMITTED")


@pytest.mark.parametrize("answer", [None, Answer.NO])
def test_what_nobody_accepted_is_not_committed(answer: Answer | None) -> None:
    asked = answered(answer) if answer else offered()

    assert asked.commit() == []


STEPS: dict[str, Callable[[Share], Sequence[Event]]] = {
    "hold": lambda share: share.take_hold(20 * KG, asking=True),
    "part": lambda share: share.take_hold(7 * KG, asking=True),
    "unheld": lambda share: share.take_hold(20 * KG, asking=False),
    "miss": lambda share: share.miss_hold(),
    "yes": lambda share: [share.answer(Answer.YES, None, NOON)] if share.can_answer(NOON) else [],
    "less": lambda share: [share.answer(Answer.LESS, 5 * KG, NOON)] if share.can_answer(NOON) else [],
    "no": lambda share: [share.answer(Answer.NO, None, NOON)] if share.can_answer(NOON) else [],
    "close": lambda share: share.close_round(),
    "call off": lambda share: share.call_off(),
    "commit": lambda share: [*share.close_round(), *share.commit()],
    "committed": lambda share: share.take_commitment(min(share.quantity, 20 * KG)),
    "refused": lambda share: share.take_commitment(0),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_whatever_happens_in_whatever_order_stock_is_given_back_at_most_once_and_versions_have_no_gap(
    steps: list[str],
) -> None:
    asked = share()
    facts: list[Event] = [asked.hold_wanted()]

    for step in steps:
        facts += STEPS[step](asked)

    released = sum(fact.quantity for fact in facts if isinstance(fact, ReleaseWanted))
    lapsed = sum(isinstance(fact, ShareLapsed) for fact in facts)
    assert [fact.version for fact in facts] == list(range(1, asked.version + 1))
    assert released == asked.released <= asked.held
    assert asked.quantity + asked.released <= asked.held
    assert lapsed <= 1


def test_an_answer_counts_until_its_time() -> None:
    asked = offered()

    assert asked.can_answer(ANSWER_BY - timedelta(seconds=1))
    assert not asked.can_answer(ANSWER_BY)
    assert not share().can_answer(NOON)
