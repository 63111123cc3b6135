"""The sharing rule: stories with numbers, and what holds for every batch."""

from random import Random
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cooperative.sharing import Batch, LineRecord, Lot, Record, share
from services.cooperative.sharing.eligible import obstacle
from tests.cooperative.sharing.batches import BASKET, batch, batches, demand, lot


def quantities(record: Record) -> dict[int, int]:
    return {one.lot_id.int - 1000: one.given for one in record.lots}


def reasons(record: Record) -> dict[int, str]:
    return {one.lot_id.int - 1000: one.reason for one in record.lots}


def test_everyone_gives_up_to_the_level_and_nobody_more_than_he_has() -> None:
    record = share(batch(demand(50_000), lot(1, 10_000), lot(2, 40_000), lot(3, 90_000)))

    assert quantities(record) == {1: 10_000, 2: 20_000, 3: 20_000}
    assert record.lines[0].level == 20_000
    assert reasons(record) == {1: "FULL", 2: "LEVEL", 3: "LEVEL"}


def test_a_remainder_is_drawn_for_in_whole_steps() -> None:
    record = share(batch(demand(50_000), lot(1, 30_000), lot(2, 30_000), lot(3, 30_000)))

    assert sorted(quantities(record).values()) == [16_000, 17_000, 17_000]
    assert sorted(reasons(record).values()) == ["DRAWN_OUT", "LEVEL", "LEVEL"]


def test_another_sharing_draws_anew() -> None:
    lots = [lot(number, 30_000) for number in range(3)]

    losers = {
        str(quantities(share(batch(demand(50_000), *lots, sharing=sharing)))) for sharing in range(1, 30)
    }

    assert len(losers) == 3


def test_too_little_stock_is_given_whole_and_the_line_says_what_is_missing() -> None:
    line = share(batch(demand(50_000), lot(1, 10_000), lot(2, 15_500))).lines[0]

    assert (line.given, line.missing, line.reason) == (25_000, 25_000, "NO_STOCK")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"grade": "B"}, "GRADE"),
        ({"grade": None}, "GRADE"),
        ({"price": 38_001}, "PRICE"),
        ({"price": 77, "per": 2}, "PRICE"),
        ({"ready_on": "2026-11-28"}, "NOT_READY"),
        ({"expires_on": "2026-11-26"}, "EXPIRED"),
        ({"member": False}, "NOT_MEMBER"),
        ({"spent": True}, "SPENT"),
        ({"available": 999}, "NO_STOCK"),
        ({"commodity_id": BASKET}, "NOT_WANTED"),
    ],
)
def test_a_lot_that_may_not_serve_gives_nothing_and_says_why(other: dict[str, object], reason: str) -> None:
    record = share(batch(demand(50_000), lot(1, other.pop("available", 20_000), **other)))

    assert quantities(record) == {1: 0}
    assert reasons(record) == {1: reason}


def test_a_line_that_no_lot_suits_says_so() -> None:
    line = share(batch(demand(50_000), lot(1, 20_000, grade="B"))).lines[0]

    assert (line.given, line.reason, line.refused) == (0, "NO_ELIGIBLE_LOT", {"GRADE": 1})


def test_a_certificate_that_is_asked_for_must_be_held() -> None:
    organic = demand(10_000, certificates=("organik",))

    record = share(batch(organic, lot(1, 20_000), lot(2, 20_000, certificates=("halal", "organik"))))

    assert quantities(record) == {1: 0, 2: 10_000}
    assert reasons(record) == {1: "CERTIFICATE", 2: "LEVEL"}


def test_a_basket_has_neither_grade_nor_date() -> None:
    baskets = demand(40, commodity_id=BASKET, grade=None, cap=60_000, per=1)
    weaver = {"commodity_id": BASKET, "grade": None, "ready_on": None, "expires_on": None, "per": 1}

    record = share(batch(baskets, *(lot(number, 20, **weaver) for number in range(3))))

    assert sorted(quantities(record).values()) == [13, 13, 14]


def test_the_line_placed_first_is_served_first() -> None:
    late, early = demand(15_000, place=2), demand(15_000, place=1, line_id=UUID(int=101))

    record = share(batch(late, early, lot(1, 20_000)))

    assert {line.line_id.int: line.given for line in record.lines} == {101: 15_000, 100: 5_000}


def test_the_last_part_smaller_than_a_step_stays_open_and_says_so() -> None:
    line = share(batch(demand(10_500), lot(1, 20_000))).lines[0]

    assert (line.given, line.missing, line.reason) == (10_000, 500, "STEP")


@given(batches())
def test_a_line_gets_all_it_wants_or_all_there_is_in_whole_steps(batch: Batch) -> None:
    record = share(batch)

    for line in record.lines:
        assert line.given == min(line.wanted // line.step * line.step, line.stock)
        assert line.given + line.missing == line.wanted
        assert line.given == sum(part.quantity for part in line.parts)


@given(batches())
def test_nobody_is_a_step_behind_another_unless_he_gave_all_he_has(batch: Batch) -> None:
    for line in share(batch).lines:
        highest = max((part.quantity for part in line.parts), default=0)
        for part in line.parts:
            full = part.stock - part.quantity < line.step
            assert full or highest - part.quantity <= line.step
            assert part.quantity <= line.level


@given(batches())
def test_the_level_is_no_higher_than_the_line_needs(batch: Batch) -> None:
    for line in share(batch).lines:
        lower = sum(min(part.stock // line.step * line.step, line.level - line.step) for part in line.parts)
        assert not line.parts or lower < line.given


@given(batches())
def test_no_lot_gives_more_than_it_has_or_to_a_line_it_may_not_serve(batch: Batch) -> None:
    record = share(batch)
    lots = {lot.lot_id: lot for lot in batch.lots}

    assert all(0 <= one.given <= one.available == lots[one.lot_id].available for one in record.lots)
    for line in record.lines:
        assert all(may_serve(lots[part.lot_id], line, batch) for part in line.parts)


def may_serve(lot: Lot, line: LineRecord, batch: Batch) -> bool:
    wanted = next(demand for demand in batch.demands if demand.line_id == line.line_id)
    return obstacle(lot, wanted, batch.products[0], batch.delivery_day) is None


@given(batches(), st.integers())
def test_the_order_of_the_input_changes_nothing(batch: Batch, seed: int) -> None:
    shuffled = batch.model_copy(
        update={name: mixed(getattr(batch, name), seed) for name in ("lots", "demands", "products")}
    )

    assert share(shuffled) == share(batch)
    assert share(shuffled).hash == share(batch).hash


def mixed(things: tuple[object, ...], seed: int) -> tuple[object, ...]:
    return tuple(Random(seed).sample(things, len(things)))


@given(batches())
def test_a_record_read_back_from_its_json_has_the_same_hash(batch: Batch) -> None:
    record = share(batch)

    assert Record.model_validate_json(record.model_dump_json()).hash == record.hash


@given(batches())
def test_any_other_number_in_the_input_changes_the_hash(batch: Batch) -> None:
    first, *others = batch.demands
    changed = batch.model_copy(update={"demands": (first.model_copy(update={"cap": first.cap + 1}), *others)})

    assert share(changed).hash != share(batch).hash


def test_a_thousand_lines_over_two_hundred_lots_take_less_than_a_second() -> None:
    lots = [lot(number, (50 + number * 7 % 400) * 1000) for number in range(200)]
    lines = [
        demand((1 + place % 60) * 1000, line_id=UUID(int=5000 + place), place=place) for place in range(1000)
    ]
    began = process_time()

    record = share(batch(*lines, *lots))

    assert process_time() - began < 1
    assert sum(len(line.parts) for line in record.lines) > 25_000


def test_a_seller_sees_her_own_lots_and_no_others() -> None:
    record = share(batch(demand(30_000), lot(1, 20_000), lot(2, 20_000)))

    hers = record.seen_by({UUID(int=1001)})

    assert [one.lot_code for one in hers.lots] == ["LOT1"]
    assert [part.lot_code for part in hers.lines[0].parts] == ["LOT1"]
