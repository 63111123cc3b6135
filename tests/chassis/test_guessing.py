"""Wrong guesses are counted per address and in all, and are forgotten after their time."""

import pytest

from services.chassis.answers import TooManyRequests
from services.chassis.codes import read_code, short_code, valid_code
from services.chassis.guessing import OF_ALL, OF_ALL_S, OF_ONE, OF_ONE_S, Guesses, neighbourhood
from services.chassis.ids import new_id, new_secret


class Hands:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_address_has_a_few_guesses_and_new_ones_when_its_time_is_over() -> None:
    clock = Hands()
    guesses = Guesses(clock)
    clock.now = 100.0
    for _ in range(OF_ONE):
        guesses.wrong("192.0.2.1")

    with pytest.raises(TooManyRequests) as refused:
        guesses.check("192.0.2.1")
    guesses.check("192.0.2.2")
    clock.now = float(OF_ONE_S)
    guesses.check("192.0.2.1")

    assert refused.value.facts == {"seconds": OF_ONE_S - 100}


def test_all_addresses_together_have_not_many_either() -> None:
    clock = Hands()
    guesses = Guesses(clock)
    for number in range(OF_ALL):
        guesses.wrong(f"address {number}")

    with pytest.raises(TooManyRequests):
        guesses.check("one that never guessed")
    clock.now = float(OF_ALL_S)
    guesses.check("one that never guessed")


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_one_line_with_many_addresses_is_one_guesser(address: str, stands_for: str) -> None:
    assert neighbourhood(address) == stands_for


def test_a_code_is_read_in_one_form_however_it_is_typed() -> None:
    code = short_code(new_secret())

    assert read_code(f" {code.lower().replace('-', ' ')}") == code
    assert read_code(code[:-1] + ("0" if code[-1] != "0" else "2")) is None
    assert (valid_code(code), valid_code(""), valid_code("K7Q2")) == (True, False, False)


def test_a_secret_tells_neither_its_time_nor_its_order() -> None:
    assert new_id().version == 7
    assert new_secret().version == 4
