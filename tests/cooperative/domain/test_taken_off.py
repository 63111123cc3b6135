"""What a seller took off after the freeze is his, to exactly the amount it explains; the rest others prevented."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from services.cooperative.domain import Correction, LotsTold, Missed, Share, missed
from tests.cooperative.domain.shares import share
from tests.cooperative.people import KG, LOTS, SARI

FROZEN = 3


def short(wanted: int, held: int, answered: int = 9, number: int = 900, frozen: int | None = FROZEN) -> Share:
    """A share of so many kg, of which catalog held fewer."""
    asked = share(wanted * KG, number)
    asked.lot_frozen = frozen
    asked.hold_wanted()
    asked.answered_with(answered)
    if held:
        asked.take_hold(held * KG, asking=True)
    else:
        asked.miss_hold("NOTHING_LEFT")
    return asked


def withdrawn(wanted: int, left: int = 0) -> Share:
    asked = share(wanted * KG)
    asked.lot_frozen = FROZEN
    asked.answered_with(9)
    asked.miss_hold("WITHDRAWN", left * KG)
    return asked


def corrections(*changes: tuple[int, int]) -> list[Correction]:
    """Each with the version of the lot, in kg."""
    return [Correction(LOTS[SARI], version, change * KG) for version, change in changes]


def split(
    own: Sequence[Share], changed: list[Correction], others: Sequence[Share] = ()
) -> list[tuple[int, int]]:
    """Of each share in kg what is its seller's own, and what had gone to others."""
    found = missed(own, LotsTold(changed, [*own, *others]), since=0)
    return [(one.own // KG, one.gone // KG) for _, one in found]


def test_who_corrects_twenty_down_to_twelve_refused_six_of_eighteen() -> None:
    assert split([short(18, 12)], corrections((4, -8))) == [(6, 0)]


def test_what_was_held_elsewhere_stays_with_the_others() -> None:
    assert split([short(18, 5)], corrections((4, -8))) == [(8, 5)]


def test_a_lot_of_which_all_was_held_elsewhere_lost_to_its_seller_only_what_he_took_off() -> None:
    assert split([short(18, 0)], corrections((4, -2))) == [(2, 16)]


def test_a_correction_that_the_freeze_knew_is_no_refusal() -> None:
    assert split([short(18, 12)], corrections((2, -8), (FROZEN, -4))) == [(0, 6)]


def test_a_correction_after_catalogs_answer_is_no_refusal_of_it() -> None:
    assert split([short(18, 12)], corrections((10, -8))) == [(0, 6)]


def test_what_was_put_back_before_the_answer_was_not_taken_off() -> None:
    assert split([short(18, 12)], corrections((4, -8), (5, 5))) == [(3, 3)]
    assert split([short(18, 12)], corrections((4, 5), (5, -8))) == [(3, 3)]
    assert split([short(18, 12)], corrections((4, -8), (5, 20))) == [(0, 6)]


def test_shares_of_one_lot_do_not_count_the_same_kilogram_twice() -> None:
    first, second = short(10, 5, answered=8), short(10, 0, answered=9, number=901)

    assert split([first, second], corrections((4, -5))) == [(5, 0), (0, 10)]


def test_two_windows_do_not_count_the_same_kilogram_twice() -> None:
    here, before = short(18, 0, answered=9), short(18, 12, answered=8, number=901)

    assert split([here], corrections((4, -8)), others=[before]) == [(2, 16)]


def test_what_would_have_gone_to_a_window_called_off_since_counts_for_nobody() -> None:
    here, before = short(18, 8, answered=9), short(18, 12, answered=8, number=901)
    before.call_off()

    assert split([before], corrections((4, -8)), others=[here]) == [(0, 0)]
    assert split([here], corrections((4, -8)), others=[before]) == [(2, 8)]


def test_an_answer_to_another_window_before_this_one_was_frozen_counts_nothing() -> None:
    here, before = short(12, 4, answered=9, frozen=6), short(18, 12, answered=5, number=901)

    assert split([here], corrections((4, -8), (7, -3)), others=[before]) == [(3, 5)]


def test_a_withdrawal_is_his_to_what_he_withdrew_and_what_came_back_to_the_lot_since() -> None:
    assert split([withdrawn(18)], corrections((4, -20))) == [(18, 0)]
    assert split([withdrawn(18)], corrections((4, -5))) == [(5, 13)]
    assert split([withdrawn(18, left=7)], corrections((4, -5))) == [(12, 6)]


def test_a_withdrawal_of_a_share_that_does_not_know_its_lots_versions_is_all_his() -> None:
    before = withdrawn(18)
    before.lot_frozen = None

    assert split([before], []) == [(18, 0)]
    assert split([short(18, 12, frozen=None)], corrections((4, -8))) == [(0, 6)]


def test_the_order_in_which_it_was_heard_changes_nothing() -> None:
    changed = corrections((4, -8), (6, 3), (7, -4))
    shares = [short(10, 4, 5, 900), short(6, 2, 8, 901), short(5, 0, 9, 902)]
    told = {
        tuple(sorted((share.id.int, one) for share, one in missed(own, LotsTold(rows, own), since=0)))
        for rows in map(list, permutations(changed))
        for own in map(list, permutations(shares))
    }

    assert len(told) == 1


@pytest.mark.parametrize("answered", [False, True])
def test_what_catalog_answered_too_late_others_prevented_whatever_the_seller_did(answered: bool) -> None:
    late = share(18 * KG)
    late.lot_frozen = FROZEN
    late.close_round()
    if answered:
        late.answered_with(9)
        late.take_hold(12 * KG, asking=False)

    ((_, found),) = missed([late], LotsTold(corrections((4, -8)), [late]), since=0)

    assert found == Missed(late=18 * KG)
