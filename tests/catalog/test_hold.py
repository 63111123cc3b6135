"""What a share's wishes do to a lot's stock."""

import pytest

from services.catalog.domain import Hold, HoldState, Lot
from services.catalog.domain.refusals import MoreThanAvailable, NothingToWithdraw
from services.catalog.events import HoldRefused, StockHeld
from tests.catalog.people import (
    KG,
    LOT,
    OTHER_SHARE,
    SHARE,
    chilli_lot,
    commit_wanted,
    hold_wanted,
    release_wanted,
)


def held(lot: Lot, quantity: int) -> Hold:
    hold = Hold(share_id=SHARE, lot_id=LOT)
    hold.start(lot, hold_wanted(quantity))
    return hold


def stock(lot: Lot) -> tuple[int, int, int]:
    return lot.available, lot.held, lot.committed


def test_a_hold_sets_aside_what_is_wanted() -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    (answer,) = hold.start(lot, hold_wanted(20 * KG))

    assert isinstance(answer, StockHeld)
    assert (answer.wanted, answer.held, answer.available) == (20 * KG, 20 * KG, 30 * KG)
    assert stock(lot) == (30 * KG, 20 * KG, 0)


def test_a_hold_for_more_than_there_is_gets_what_there_is() -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    (answer,) = hold.start(lot, hold_wanted(60 * KG))

    assert isinstance(answer, StockHeld)
    assert (answer.wanted, answer.held, answer.available) == (60 * KG, 50 * KG, 0)


def test_of_two_holds_for_the_last_kilogram_the_second_is_refused() -> None:
    lot, second = chilli_lot(KG), Hold(share_id=OTHER_SHARE, lot_id=LOT)
    held(lot, KG)

    (answer,) = second.start(lot, hold_wanted(KG, OTHER_SHARE))

    assert isinstance(answer, HoldRefused)
    assert (answer.reason, answer.available, second.state) == ("NOTHING_LEFT", 0, HoldState.REFUSED)


def test_a_withdrawn_lot_is_not_held_even_where_stock_came_back_to_it() -> None:
    lot, second = chilli_lot(50 * KG), Hold(share_id=OTHER_SHARE, lot_id=LOT)
    first = held(lot, 20 * KG)
    lot.withdraw("sold at the market")
    first.release(lot, release_wanted(20 * KG))

    (answer,) = second.start(lot, hold_wanted(KG, OTHER_SHARE))

    assert isinstance(answer, HoldRefused)
    assert (answer.reason, answer.available) == ("WITHDRAWN", 20 * KG)


def test_the_same_wish_in_another_message_changes_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    assert hold.start(lot, hold_wanted(20 * KG)) == ()
    assert hold.start(lot, hold_wanted(5 * KG, version=2)) == ()
    assert stock(lot) == (30 * KG, 20 * KG, 0)


def test_a_commitment_takes_what_is_held() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.wanted, answer.committed, answer.available) == (20 * KG, 20 * KG, 30 * KG)
    assert stock(lot) == (30 * KG, 0, 20 * KG)


def test_a_commitment_for_less_than_is_held_lets_the_rest_go() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    hold.commit(lot, commit_wanted(15 * KG))

    assert stock(lot) == (35 * KG, 0, 15 * KG)


def test_a_commitment_for_more_than_is_held_takes_the_rest_from_what_is_available() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    hold.commit(lot, commit_wanted(25 * KG))

    assert stock(lot) == (25 * KG, 0, 25 * KG)


def test_a_commitment_whose_hold_has_expired_is_served_from_what_is_still_available() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.expire(lot)
    lot.correct(-38 * KG, "sold at the market")

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.committed, answer.available, hold.state) == (12 * KG, 0, HoldState.COMMITTED)


def test_a_commitment_with_nothing_left_is_answered_with_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.expire(lot)
    lot.correct(-50 * KG, "flood")

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.committed, hold.state) == (0, HoldState.REFUSED)


def test_a_share_that_was_released_gets_no_commitment() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.release(lot, release_wanted(20 * KG, version=3))

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert answer.committed == 0
    assert stock(lot) == (50 * KG, 0, 0)


def test_a_second_wish_to_commit_changes_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    assert hold.commit(lot, commit_wanted(30 * KG, version=7)) == ()
    assert stock(lot) == (30 * KG, 0, 20 * KG)


def test_a_part_of_a_hold_can_be_released_and_the_rest_stays() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    (answer,) = hold.release(lot, release_wanted(5 * KG))

    assert (answer.quantity, answer.available, hold.state) == (5 * KG, 35 * KG, HoldState.HELD)


def test_a_part_released_twice_in_two_messages_is_released_once() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.release(lot, release_wanted(5 * KG, version=3))

    assert hold.release(lot, release_wanted(5 * KG, version=3)) == ()
    assert stock(lot) == (35 * KG, 15 * KG, 0)


def test_a_commitment_can_be_released() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    (answer,) = hold.release(lot, release_wanted(30 * KG))

    assert (answer.quantity, hold.state) == (20 * KG, HoldState.RELEASED)
    assert stock(lot) == (50 * KG, 0, 0)


@pytest.mark.parametrize("version", [2, 6])
def test_releasing_what_is_not_there_says_nothing_and_does_nothing(version: int) -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    assert hold.release(lot, release_wanted(20 * KG, version=version)) == ()
    assert (stock(lot), lot.version) == ((50 * KG, 0, 0), 1)


def test_an_expired_hold_is_available_again() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)

    (expired,) = hold.expire(lot)

    assert (expired.quantity, expired.available, hold.state) == (20 * KG, 50 * KG, HoldState.EXPIRED)


def test_a_commitment_does_not_expire() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    assert hold.expire(lot) == ()
    assert stock(lot) == (30 * KG, 0, 20 * KG)


def test_a_correction_takes_nothing_that_is_held_and_says_what_to_do() -> None:
    lot = chilli_lot(50 * KG)
    held(lot, 20 * KG)

    with pytest.raises(MoreThanAvailable, match=r"20 kg is held.*Answer a share in question with 2 or 3"):
        lot.correct(-31 * KG, "flood")


def test_a_withdrawal_takes_what_is_available_and_leaves_what_is_held() -> None:
    lot = chilli_lot(50 * KG)
    held(lot, 20 * KG)

    withdrawn = lot.withdraw("sold at the market")

    assert withdrawn.quantity == 30 * KG
    assert stock(lot) == (0, 20 * KG, 0)


def test_a_lot_that_is_wholly_held_cannot_be_withdrawn() -> None:
    lot = chilli_lot(50 * KG)
    held(lot, 50 * KG)

    with pytest.raises(NothingToWithdraw, match="50 kg is held"):
        lot.withdraw("sold at the market")


def test_what_comes_back_to_a_withdrawn_lot_can_be_withdrawn_again() -> None:
    lot = chilli_lot(50 * KG)
    hold = held(lot, 20 * KG)
    lot.withdraw("sold at the market")
    hold.release(lot, release_wanted(20 * KG))

    assert lot.withdraw("sold that too").quantity == 20 * KG
    assert stock(lot) == (0, 0, 0)
