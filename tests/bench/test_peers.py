"""The rules that the engine is compared with: each keeps to stock, caps, steps, minimums and orders."""

import pytest

from bench.sharing.peers import RULES, equal_awards, pro_rata
from bench.sharing.rules import Day, by_peer, day_of
from bench.sharing.worlds import days, size_of
from tests.bench.days import day, demand, lot

CROWDED = [lot("1", 60, 1100), lot("2", 10, 900), lot("3", 30, 1000)]


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("cheapest first", {"S2": 10, "S3": 30}),
        ("first come first served", {"S1": 40}),
        ("highest stock first", {"S1": 40}),
        ("pro-rata", {"S1": 24, "S2": 4, "S3": 12}),
        ("equal awards per order", {"S1": 15, "S2": 10, "S3": 15}),
    ],
)
def test_each_rule_shares_forty_eggs_as_its_name_says(rule: str, given: dict[str, int]) -> None:
    found = by_peer(day(CROWDED, [demand("D", 40)]), rule)

    assert {seller: amount for (seller, _), amount in found.given.items()} == given


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("supply", ["sparse", "middle", "short"])
def test_every_line_is_one_that_the_market_allows(rule: str, supply: str) -> None:
    for plain in days(size_of(3, supply, 7), 3):
        one = day_of(plain)

        lines = {name: own for name, own in RULES[rule](one.batch, one.markets).items() if own}

        assert lines
        for name, own in lines.items():
            _allowed(one, name, own)


def _allowed(one: Day, name: str, lines: dict[tuple[int, int], int]) -> None:
    market = one.markets[name]
    of_lot, of_demand = dict[int, int](), dict[int, int]()
    for (place, order), amount in lines.items():
        assert market.serves(place, order)
        assert amount % market.lots[place].step == 0
        of_lot[place] = of_lot.get(place, 0) + amount
        of_demand[order] = of_demand.get(order, 0) + amount
    assert all(market.lots[place].minimum <= sum_ <= market.stock[place] for place, sum_ in of_lot.items())
    assert all(sum_ <= market.demands[order].quantity for order, sum_ in of_demand.items())


@pytest.mark.parametrize("split", [pro_rata, equal_awards])
def test_a_split_gives_nobody_more_than_he_has_and_not_more_than_wanted(split: object) -> None:
    stock = [7, 0, 3, 90]

    for wanted in (0, 1, 9, 50, 100, 200):
        awards = split(stock, wanted)  # type: ignore[operator]

        assert all(0 <= award <= own for award, own in zip(awards, stock, strict=True))
        assert sum(awards) <= wanted
