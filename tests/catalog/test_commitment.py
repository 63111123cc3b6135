"""What becomes of a hold: committed, released in part or whole, or expired."""

import pytest

from services.catalog.domain import Hold, HoldState
from tests.catalog.people import (
    KG,
    LOT,
    SHARE,
    chilli_lot,
    commit_wanted,
    held_for_share,
    release_wanted,
    stock_in,
)


def test_a_commitment_takes_what_is_held() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.wanted, answer.committed, answer.available) == (20 * KG, 20 * KG, 30 * KG)
    assert stock_in(lot) == (30 * KG, 0, 20 * KG)


def test_a_commitment_for_less_than_is_held_lets_the_rest_go() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    hold.commit(lot, commit_wanted(15 * KG))

    assert stock_in(lot) == (35 * KG, 0, 15 * KG)


def test_a_commitment_for_more_than_is_held_takes_the_rest_from_what_is_available() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    hold.commit(lot, commit_wanted(25 * KG))

    assert stock_in(lot) == (25 * KG, 0, 25 * KG)


def test_a_commitment_whose_hold_has_expired_is_served_from_what_is_still_available() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.expire(lot)
    lot.correct(-38 * KG, "sold at the market")

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.committed, answer.available, hold.state) == (12 * KG, 0, HoldState.COMMITTED)


def test_a_commitment_with_nothing_left_is_answered_with_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.expire(lot)
    lot.correct(-50 * KG, "flood")

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert (answer.committed, hold.state) == (0, HoldState.REFUSED)


def test_a_share_that_was_released_gets_no_commitment() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.release(lot, release_wanted(20 * KG, version=3))

    (answer,) = hold.commit(lot, commit_wanted(20 * KG))

    assert answer.committed == 0
    assert stock_in(lot) == (50 * KG, 0, 0)


def test_a_second_wish_to_commit_changes_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    assert hold.commit(lot, commit_wanted(30 * KG, version=7)) == ()
    assert stock_in(lot) == (30 * KG, 0, 20 * KG)


def test_a_part_of_a_hold_can_be_released_and_the_rest_stays() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    (answer,) = hold.release(lot, release_wanted(5 * KG))

    assert (answer.quantity, answer.available, hold.state) == (5 * KG, 35 * KG, HoldState.HELD)


def test_a_part_released_twice_in_two_messages_is_released_once() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.release(lot, release_wanted(5 * KG, version=3))

    assert hold.release(lot, release_wanted(5 * KG, version=3)) == ()
    assert stock_in(lot) == (35 * KG, 15 * KG, 0)


def test_a_commitment_can_be_released() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    (answer,) = hold.release(lot, release_wanted(30 * KG))

    assert (answer.quantity, hold.state) == (20 * KG, HoldState.RELEASED)
    assert stock_in(lot) == (50 * KG, 0, 0)


@pytest.mark.parametrize("version", [2, 6])
def test_releasing_what_is_not_there_says_nothing_and_does_nothing(version: int) -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    assert hold.release(lot, release_wanted(20 * KG, version=version)) == ()
    assert (stock_in(lot), lot.version) == ((50 * KG, 0, 0), 1)


def test_an_expired_hold_is_available_again() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    (expired,) = hold.expire(lot)

    assert (expired.quantity, expired.available, hold.state) == (20 * KG, 50 * KG, HoldState.EXPIRED)


def test_a_commitment_does_not_expire() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    hold.commit(lot, commit_wanted(20 * KG))

    assert hold.expire(lot) == ()
    assert stock_in(lot) == (30 * KG, 0, 20 * KG)
