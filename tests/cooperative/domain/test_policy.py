"""What a policy's least of a lot and its number of rounds do to a window, in plain Python."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.cooperative.domain import Share, freeze
from services.cooperative.domain.freezing import LARGEST
from services.cooperative.sharing.engine.sentences import Explained
from tests.cooperative.domain.play import Play, play
from tests.cooperative.people import CLOSES, KG, ROUND, window

LATER = CLOSES + ROUND


def asked(played: Play, at: datetime, said: str) -> list[Share]:
    """A round in which everyone says this."""
    opened = played.opens(at)
    for share in opened:
        played.says(share, said)
    played.closes()
    return opened


@pytest.mark.parametrize(
    ("rounds", "asking", "shortage"),
    [(1, 1, "TOO_LATE"), (2, 2, "TOO_LATE"), (3, 3, "TOO_LATE"), (4, 3, "NO_STOCK")],
)
def test_after_the_last_round_nobody_is_asked_and_the_line_has_no_round_left(
    rounds: int, asking: int, shortage: str
) -> None:
    played = play([60], [20] * 9, rounds=rounds)

    opened = [asked(played, CLOSES + hours * ROUND, "less") for hours in range(5)]

    assert [bool(shares) for shares in opened] == [True] * asking + [False] * (5 - asking)
    assert played.window.rounds_left == rounds - asking
    assert played.lines[0].shortage == shortage


def test_a_round_that_reached_nobody_is_not_counted() -> None:
    played = play([60], [20, 20, 20], rounds=1)
    asked(played, CLOSES, "unheld")

    reached, again = asked(played, LATER, "no"), asked(played, LATER + ROUND, "yes")

    assert ({share.round for share in reached}, again) == ({2}, [])


def test_a_window_without_a_last_round_goes_on_until_firm_is_near() -> None:
    played = play([60], [60, 60], rounds=1)
    asked(played, CLOSES, "less")
    assert played.window.last_round == 1
    played.window.last_round = None

    assert asked(played, LATER, "yes")


def test_how_many_rounds_are_left_is_known_once_a_batch_is_frozen() -> None:
    fresh, frozen = window(), window(round=2)
    frozen.may_ask(3)
    before = frozen.rounds_left
    frozen.open_round("a" * 64, None)

    assert (fresh.rounds_left, before, frozen.rounds_left) == (None, 3, 2)


@pytest.mark.parametrize(("step", "least"), [(1, 5), (KG, 5 * KG), (LARGEST, LARGEST)])
def test_a_lots_minimum_is_so_many_of_its_commoditys_steps(step: int, least: int) -> None:
    market = play([60], [20], minimum_steps=5).market
    stepped = replace(market, goods=[replace(one, step=step) for one in market.goods])

    (lot,) = json.loads(freeze(stepped).batch)["lots"]

    assert (lot["step"], lot["minimum"]) == (step, least)


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=3),
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.integers(1, 8),
)
def test_a_lot_is_asked_for_nothing_or_for_its_minimum_at_least(
    quantities: list[int], stocks: list[int], minimum_steps: int
) -> None:
    wanted = Counter[str]()
    for share in play(quantities, stocks, minimum_steps=minimum_steps).opens(CLOSES):
        wanted[share.lot_code] += share.wanted

    assert all(quantity >= minimum_steps * KG for quantity in wanted.values())


def test_whose_lot_is_smaller_than_the_minimum_reads_that() -> None:
    played = play([60], [4], minimum_steps=5)
    played.opens(CLOSES)

    record = json.loads(played.records[0])
    (lot,) = record["lots"]

    assert (lot["given"], lot["reason"]) == (0, "BELOW_MIN_LOT")
    said = {name: Explained(record, name).of_lots(lot["seller"], lot["commodity"]) for name in ("id", "en")}
    assert said["id"].endswith("kurang dari jumlah terkecil atau kelipatannya, angka lebih kecil bisa ikut.")
    assert said["en"].endswith("less than its minimum or step, with smaller ones it could share.")
