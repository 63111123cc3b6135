"""Weigh-ins from several phones, without a database: the same entries count the same in whatever order they come."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.problem import Refused
from services.cooperative.domain import BroughtLot, Less, Promised, Said, WeighIn, Weighing, begun, merged
from services.cooperative.domain.refusals import (
    GradeNotKnown,
    LotStillCommitting,
    NothingWeighed,
    ReasonNeeded,
)
from tests.cooperative.people import KG, LOTS, SARI, SERANG, WINDOW

DAWN = datetime(2026, 11, 26, 23, tzinfo=UTC)
FIRST, SECOND = (
    Promised(UUID(int=1), UUID(int=11), 20 * KG, "A"),
    Promised(UUID(int=2), UUID(int=12), 10 * KG, "B"),
)


def lot(*shares: Promised, grade: str | None = "A") -> BroughtLot:
    return BroughtLot(
        lot_id=LOTS[SARI],
        code="0001-0001",
        seller_id=SARI,
        village=SERANG,
        commodity_name="Cabai merah",
        unit="g",
        per=KG,
        grade=grade,
        grades=["A", "B", "C"],
        shares=shares or (FIRST, SECOND),
    )


def entry(
    number: int = 1, *, gross: int = 30 * KG, device: str = "HP 1", minutes: int = 0, **other: object
) -> WeighIn:
    known = {"tare": 0, "grade": "A", "rejected": False, "final": False} | other
    return WeighIn(
        id=UUID(int=1000 * number + gross),
        window_id=WINDOW,
        device=device,
        entry_id=UUID(int=number),
        digest=f"{gross}{known}",
        lot_code="0001-0001",
        lot_id=LOTS[SARI],
        gross=gross,
        at=DAWN + timedelta(minutes=minutes),
        weighed_by="driver:1",
        received_at=DAWN,
        **known,  # type: ignore[arg-type]
    )


def weighing() -> Weighing:
    return begun(UUID(int=5), WINDOW, lot())


entries = st.builds(
    entry,
    st.integers(1, 3),
    gross=st.sampled_from([0, 28 * KG, 30 * KG, 33 * KG]),
    device=st.sampled_from(["HP 1", "HP 2"]),
    minutes=st.integers(0, 3),
    grade=st.sampled_from(["A", "B"]),
    rejected=st.booleans(),
    final=st.booleans(),
)


@given(st.lists(entries, min_size=1, max_size=8), st.randoms(use_true_random=False), st.integers(1, 4))
def test_entries_in_any_order_some_twice_in_batches_end_in_the_same_state(
    sent: list[WeighIn], dice: object, size: int
) -> None:
    once = list({(one.device, one.entry_id, one.digest): one for one in sent}.values())
    straight, shuffled = weighing(), weighing()
    straight.weigh(once, lot())
    order = once + once[: len(once) // 2]
    dice.shuffle(order)  # type: ignore[attr-defined]
    kept: dict[object, WeighIn] = {}

    for start in range(0, len(order), size):
        kept |= {(one.device, one.entry_id, one.digest): one for one in order[start : start + size]}
        shuffled.weigh(kept.values(), lot())

    assert state(shuffled) == state(straight)


def state(one: Weighing) -> tuple[object, ...]:
    return one.said, one.conflict, one.counts, one.waiting, one.returned, one.rejected


def test_two_phones_that_say_the_same_agree() -> None:
    found = merged([entry(1), entry(2, device="HP 2", minutes=1)])

    assert found is not None
    assert (found.counts.device, found.conflict) == ("HP 1", False)


def test_where_two_phones_differ_the_earlier_counts_until_the_manager_decides() -> None:
    earlier, later = entry(1, gross=28 * KG), entry(2, device="HP 2", minutes=1)
    word = entry(3, gross=29 * KG, device="manager", minutes=9, final=True)

    undecided, decided = merged([later, earlier]), merged([later, word, earlier])

    assert undecided is not None
    assert (undecided.counts, undecided.conflict) == (earlier, True)
    assert decided is not None
    assert (decided.counts, decided.conflict) == (word, False)


def test_an_entry_sent_again_with_other_numbers_is_kept_beside_the_first() -> None:
    found = merged([entry(1), entry(1, gross=31 * KG)])

    assert found is not None
    assert found.conflict


def test_what_says_nothing_new_is_told_once() -> None:
    one = weighing()

    told = [*one.weigh([entry(1)], lot()), *one.weigh([entry(1), entry(2, minutes=1)], lot())]

    assert [(fact.version, fact.net) for fact in told] == [(1, 30 * KG)]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (Said(30 * KG, "A", False), [(20 * KG, None), (10 * KG, None)]),
        (Said(25 * KG, "A", False), [(20 * KG, None), (5 * KG, Less.SHORT_WEIGHT)]),
        (Said(33 * KG, "A", False), [(20 * KG, None), (10 * KG, None)]),
        (Said(30 * KG, "B", False), [(0, Less.WRONG_GRADE), (10 * KG, None)]),
        (Said(30 * KG, "A", True), [(0, Less.REJECTED), (0, Less.REJECTED)]),
        (Said(0, None, False), [(0, Less.SHORT_WEIGHT), (0, Less.SHORT_WEIGHT)]),
    ],
    ids=["as promised", "short", "above", "of a lower grade", "rejected", "nothing"],
)
def test_orders_are_served_in_the_order_of_placing_with_what_suits_them(
    said: Said, parts: list[tuple[int, Less | None]]
) -> None:
    assert [(part.quantity, part.less) for part in lot().parts(said)] == parts


@pytest.mark.parametrize(("grade", "permille"), [("A", 1000), ("B", 900), ("C", 800), (None, 1000)])
def test_the_price_falls_by_a_tenth_for_each_grade_below_the_one_listed(
    grade: str | None, permille: int
) -> None:
    assert lot().price_permille(Said(KG, grade, False)) == permille


def test_a_better_grade_than_listed_keeps_the_price() -> None:
    assert lot(grade="B").price_permille(Said(KG, "A", False)) == 1000


@pytest.mark.parametrize(
    ("said", "reason", "refusal"),
    [
        (Said(-1, "A", False), None, NothingWeighed),
        (Said(KG, "Z", False), "x", GradeNotKnown),
        (Said(KG, None, False), None, GradeNotKnown),
        (Said(KG, "B", False), None, ReasonNeeded),
        (Said(KG, "A", True), None, ReasonNeeded),
    ],
)
def test_what_cannot_be_said_of_a_lot_is_refused(
    said: Said, reason: str | None, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        lot().check(said, reason)


def test_a_lot_that_is_still_being_committed_is_not_weighed() -> None:
    with pytest.raises(LotStillCommitting):
        lot(FIRST._replace(pending=True)).check(Said(KG, "A", False), None)
