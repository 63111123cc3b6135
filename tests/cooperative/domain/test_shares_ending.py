"""How a share ends: called off, or committed."""

import pytest

from services.cooperative.domain import Answer, ShareStatus
from services.cooperative.events import CommitWanted, ShareCommitted
from tests.cooperative.domain.shares import answered, offered, share, told
from tests.cooperative.people import KG


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
