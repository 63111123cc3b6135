"""Ids and codes: in order whatever the clock does, and safe to read aloud."""

import time
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.codes import short_code, valid_code
from services.chassis.ids import IdSequence, new_id

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HOUR_NS = 3_600 * 10**9


def test_ids_never_go_back_within_a_process_even_when_the_clock_does(monkeypatch: pytest.MonkeyPatch) -> None:
    sequence, real = IdSequence(), time.time_ns()
    moments = [real, real, real - HOUR_NS, real - 1, 0, real + HOUR_NS, real, real + HOUR_NS]

    made = []
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made += [sequence.next() for _ in range(500)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_is_a_uuid_of_version_7_that_carries_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000

    made = new_id()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


@given(st.uuids(), st.integers(0, 7), st.sampled_from(DIGITS))
def test_a_short_code_catches_one_wrong_character(of: UUID, place: int, wrong: str) -> None:
    code = short_code(of).replace("-", "")

    misread = code[:place] + wrong + code[place + 1 :]

    assert valid_code(misread) == (misread == code)


@given(st.uuids(), st.integers(0, 6))
def test_a_short_code_catches_two_swapped_neighbours(of: UUID, place: int) -> None:
    code = short_code(of).replace("-", "")

    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert valid_code(swapped) == (swapped == code)


@given(st.uuids())
def test_a_short_code_is_read_as_people_write_it(of: UUID) -> None:
    code = short_code(of)

    assert valid_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q2-9XMDD", "K7Q2-9XM\0", "₿₿₿₿-₿₿₿₿", "U" * 8])
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert not valid_code(typed)
