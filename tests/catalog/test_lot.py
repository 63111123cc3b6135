"""What may be listed, and what a seller may do to a lot."""

from dataclasses import replace
from datetime import date

import pytest

from services.catalog.domain import Offer, Packed, list_lot
from services.catalog.domain.refusals import (
    AlreadyExpired,
    AlreadyWithdrawn,
    DatesNeeded,
    DatesNotUsed,
    DatesReversed,
    GradeNeeded,
    GradeNotUsed,
    MoreThanAvailable,
    NothingToWithdraw,
    TooMuch,
    UnknownSellingUnit,
)
from services.chassis.codes import valid_code
from services.chassis.problem import Refused
from tests.catalog.people import BASKET, KG, LOT, NOON, SARI, SERANG, basket, chilli, chilli_lot, chilli_offer


def test_a_listed_lot_has_all_its_stock_available_and_says_so() -> None:
    lot, listed = list_lot(LOT, chilli(), chilli_offer(), NOON)

    assert (lot.available, lot.held, lot.committed, lot.collected) == (50 * KG, 0, 0, 0)
    assert (listed.quantity, listed.grade, listed.price, listed.version) == (50 * KG, "A", 35_000, 1)


def test_a_lot_code_carries_its_own_check_character() -> None:
    code = chilli_lot().code

    assert valid_code(code)


def test_three_sacks_are_a_hundred_and_fifty_kilograms() -> None:
    lot, _ = list_lot(LOT, chilli(), chilli_offer(Packed("karung", 3)), NOON)

    assert lot.listed == 150 * KG


def test_a_basket_is_listed_without_grade_and_dates() -> None:
    _, listed = list_lot(
        LOT, basket(), Offer(seller_id=SARI, village=SERANG, quantity=12, price=85_000), NOON
    )

    assert (listed.commodity_id, listed.grade, listed.ready_on, listed.expires_on) == (
        BASKET,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (chilli_offer(grade=None), GradeNeeded),
        (chilli_offer(grade="Z"), GradeNeeded),
        (chilli_offer(Packed("ikat", 3)), UnknownSellingUnit),
        (chilli_offer(Packed("karung", 10**12)), TooMuch),
        (replace(chilli_offer(), ready_on=None), DatesNeeded),
        (replace(chilli_offer(), expires_on=None), DatesNeeded),
        (replace(chilli_offer(), ready_on=date(2026, 11, 30)), DatesReversed),
        (replace(chilli_offer(), ready_on=date(2026, 11, 1), expires_on=date(2026, 11, 22)), AlreadyExpired),
    ],
)
def test_chilli_that_is_described_wrongly_is_refused(offer: Offer, reason: type[Refused]) -> None:
    with pytest.raises(reason):
        list_lot(LOT, chilli(), offer, NOON)


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (replace(chilli_offer(12), ready_on=None, expires_on=None), GradeNotUsed),
        (chilli_offer(12, grade=None), DatesNotUsed),
    ],
)
def test_a_basket_has_no_grade_and_no_date(offer: Offer, reason: type[Refused]) -> None:
    with pytest.raises(reason):
        list_lot(LOT, basket(), offer, NOON)


def test_a_lot_that_expires_today_can_still_be_listed() -> None:
    offer = replace(chilli_offer(), ready_on=NOON.date(), expires_on=NOON.date())

    lot, _ = list_lot(LOT, chilli(), offer, NOON)

    assert lot.expires_on == NOON.date()


def test_every_change_of_a_lot_raises_its_version_by_one() -> None:
    lot = chilli_lot()

    events = [lot.reprice(36_000), lot.correct(-KG, "eaten by birds"), lot.withdraw("sold at the market")]

    assert [event.version for event in events] == [2, 3, 4]


def test_a_correction_moves_what_is_available_and_keeps_its_reason() -> None:
    lot = chilli_lot()

    corrected = lot.correct(-5 * KG, "eaten by birds")

    assert (lot.available, lot.listed, lot.corrections) == (45 * KG, 50 * KG, -5 * KG)
    assert (corrected.change, corrected.available, corrected.reason) == (-5 * KG, 45 * KG, "eaten by birds")


def test_a_correction_takes_only_what_is_available() -> None:
    lot = chilli_lot(50 * KG)

    with pytest.raises(MoreThanAvailable, match="Only 50 kg of this lot") as refusal:
        lot.correct(-51 * KG, "flood")

    assert "Hanya 50 kg dari lot ini" in refusal.value.sentence("id")
    assert lot.version == 1


def test_a_lot_does_not_grow_beyond_what_one_lot_may_hold() -> None:
    lot = chilli_lot(10**12)

    with pytest.raises(TooMuch):
        lot.correct(1, "more than there is")


def test_a_withdrawn_lot_has_nothing_available_and_takes_no_further_change() -> None:
    lot = chilli_lot()

    withdrawn = lot.withdraw("sold at the market")

    assert (withdrawn.quantity, lot.available) == (50 * KG, 0)
    with pytest.raises(AlreadyWithdrawn):
        lot.reprice(36_000)
    with pytest.raises(AlreadyWithdrawn):
        lot.correct(KG, "found more")


def test_a_lot_cannot_be_withdrawn_twice() -> None:
    lot = chilli_lot()
    lot.withdraw("sold at the market")

    with pytest.raises(NothingToWithdraw):
        lot.withdraw("again")
