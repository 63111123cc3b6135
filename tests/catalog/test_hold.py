"""What a share's wishes do to a lot's stock."""

import pytest

from services.catalog.domain import Hold, HoldState
from services.catalog.domain.refusals import MoreThanAvailable, NothingToWithdraw
from services.catalog.events import HoldRefused, StockHeld
from tests.catalog.people import (
    KG,
    LOT,
    OTHER_SHARE,
    SHARE,
    chilli_lot,
    commit_wanted,
    held_for_share,
    hold_wanted,
    release_wanted,
    stock_in,
)


def test_a_hold_sets_aside_what_is_wanted() -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    (answer,) = hold.start(lot, hold_wanted(20 * KG))

    assert isinstance(answer, StockHeld)
    assert (answer.wanted, answer.held, answer.available) == (20 * KG, 20 * KG, 30 * KG)
    assert stock_in(lot) == (30 * KG, 20 * KG, 0)


def test_a_hold_for_more_than_there_is_gets_what_there_is() -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    (answer,) = hold.start(lot, hold_wanted(60 * KG))

    assert isinstance(answer, StockHeld)
    assert (answer.wanted, answer.held, answer.available) == (60 * KG, 50 * KG, 0)


def test_of_two_holds_for_the_last_kilogram_the_second_is_refused() -> None:
    lot, second = chilli_lot(KG), Hold(share_id=OTHER_SHARE, lot_id=LOT)
    held_for_share(lot, KG)

    (answer,) = second.start(lot, hold_wanted(KG, OTHER_SHARE))

    assert isinstance(answer, HoldRefused)
    assert (answer.reason, answer.available, second.state) == ("NOTHING_LEFT", 0, HoldState.REFUSED)


def test_a_withdrawn_lot_is_not_held_even_where_stock_came_back_to_it() -> None:
    lot, second = chilli_lot(50 * KG), Hold(share_id=OTHER_SHARE, lot_id=LOT)
    first = held_for_share(lot, 20 * KG)
    lot.withdraw("sold at the market")
    first.release(lot, release_wanted(20 * KG))

    (answer,) = second.start(lot, hold_wanted(KG, OTHER_SHARE))

    assert isinstance(answer, HoldRefused)
    assert (answer.reason, answer.available) == ("WITHDRAWN", 20 * KG)


def test_the_same_wish_in_another_message_changes_nothing() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)

    assert hold.start(lot, hold_wanted(20 * KG)) == ()
    assert hold.start(lot, hold_wanted(5 * KG, version=2)) == ()
    assert stock_in(lot) == (30 * KG, 20 * KG, 0)


def test_a_share_that_was_released_is_neither_held_nor_committed_afterwards() -> None:
    lot, hold = chilli_lot(50 * KG), Hold(share_id=SHARE, lot_id=LOT)

    assert hold.release(lot, release_wanted(20 * KG, version=3)) == ()

    assert hold.start(lot, hold_wanted(20 * KG, version=1)) == ()
    assert hold.start(lot, hold_wanted(20 * KG, version=4)) == ()
    assert [answer.committed for answer in hold.commit(lot, commit_wanted(20 * KG))] == [0]
    assert stock_in(lot) == (50 * KG, 0, 0)


def test_a_correction_takes_nothing_that_is_held_and_says_what_to_do() -> None:
    lot = chilli_lot(50 * KG)
    held_for_share(lot, 20 * KG)

    with pytest.raises(MoreThanAvailable, match=r"20 kg is held.*Answer a share in question with 2 or 3"):
        lot.correct(-31 * KG, "flood")


def test_a_withdrawal_takes_what_is_available_and_leaves_what_is_held() -> None:
    lot = chilli_lot(50 * KG)
    held_for_share(lot, 20 * KG)

    withdrawn = lot.withdraw("sold at the market")

    assert withdrawn.quantity == 30 * KG
    assert stock_in(lot) == (0, 20 * KG, 0)


def test_a_lot_that_is_wholly_held_cannot_be_withdrawn() -> None:
    lot = chilli_lot(50 * KG)
    held_for_share(lot, 50 * KG)

    with pytest.raises(NothingToWithdraw, match="50 kg is held"):
        lot.withdraw("sold at the market")


def test_what_comes_back_to_a_withdrawn_lot_can_be_withdrawn_again() -> None:
    lot = chilli_lot(50 * KG)
    hold = held_for_share(lot, 20 * KG)
    lot.withdraw("sold at the market")
    hold.release(lot, release_wanted(20 * KG))

    assert lot.withdraw("sold that too").quantity == 20 * KG
    assert stock_in(lot) == (0, 0, 0)
