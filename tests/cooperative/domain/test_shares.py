"""What may happen to one share, and what it tells."""

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.event import Event
from services.cooperative.domain import Answer, Share, ShareStatus
from services.cooperative.events import ReleaseWanted, ShareChanged, ShareLapsed
from tests.cooperative.domain.shares import answered, offered, share, told
from tests.cooperative.people import ANSWER_BY, KG, NOON


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

    assert told(asked.miss_hold("NOTHING_LEFT")) == [("ShareChanged", 0)]
    assert (asked.status, asked.ended_by, asked.promised) == (ShareStatus.ENDED, "NOT_HELD", 0)
    assert asked.miss_hold("NOTHING_LEFT") == []


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


def test_a_hold_still_awaited_when_its_round_closes_is_released_in_advance_and_nobody_lapses() -> None:
    late = share()

    changed, release = late.close_round()

    assert isinstance(changed, ShareChanged)
    assert isinstance(release, ReleaseWanted)
    assert (changed.asked, changed.reason) == (0, "TOO_LATE_HELD")
    assert (release.quantity, release.reason) == (20 * KG, "TOO_LATE_HELD")
    assert late.take_hold(15 * KG, asking=True) == []
    assert (late.held, late.released) == (15 * KG, 15 * KG)


STEPS: dict[str, Callable[[Share], Sequence[Event]]] = {
    "hold": lambda share: share.take_hold(20 * KG, asking=True),
    "part": lambda share: share.take_hold(7 * KG, asking=True),
    "unheld": lambda share: share.take_hold(20 * KG, asking=False),
    "miss": lambda share: share.miss_hold("NOTHING_LEFT"),
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
    assert asked.released <= released <= asked.wanted
    assert asked.quantity + asked.released <= asked.held
    assert lapsed <= 1
