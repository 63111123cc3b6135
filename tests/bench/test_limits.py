"""The limits and walls that results are compared with, on days small enough to be seen through."""

from random import Random

import pytest

from bench.sharing.balance import least_by_steps, least_cost
from bench.sharing.evenest import most_even
from bench.sharing.limits import cheapest_day, optimum
from bench.sharing.rules import Day
from bench.sharing.season import known
from bench.sharing.wall import least_season
from tests.bench.days import day, demand, lot, plain

NEAR_AND_FAR = [lot("1", 30, 1000, village="near"), lot("2", 30, 900, village="far")]
STOPS = {"near": 100, "far": 10_000}


def test_the_cheapest_flow_takes_no_notice_of_stops_but_the_optimum_does() -> None:
    one = day(NEAR_AND_FAR, [demand("D", 20)], STOPS)

    best = optimum(one.batch, one.markets)

    assert cheapest_day(one.batch, one.markets) == {"1": 0, "2": 20}
    assert best.given == {"1": 20, "2": 0}
    assert best.cost == pytest.approx(20 * 1000 + 100)


def test_two_days_are_most_even_together_though_neither_is() -> None:
    first = day([lot("1", 50, 1000), lot("2", 50, 1000)], [demand("D", 10)])
    second = day([lot("2", 4, 1000)], [demand("D", 4)])

    assert most_even([first, second]) == {("S1", "egg"): 7, ("S2", "egg"): 7}


def _drawn(draw: Random) -> Day:
    """Every quantity divides by the sellers of any group, so that levels are whole."""
    lots = [lot(str(place), 12 * draw.randrange(0, 9), draw.choice([900, 1000, 1100])) for place in range(4)]
    return day(lots, [demand("D", 12 * draw.randrange(1, 9), 1000), demand("E", 12 * draw.randrange(1, 9))])


@pytest.mark.parametrize("seed", range(20))
def test_nothing_can_be_moved_from_the_rich_to_the_poor(seed: int) -> None:
    """Against every pair: were one unit moved, the totals could be carried no more."""
    draw = Random(seed)
    both = [_drawn(draw), _drawn(draw)]
    totals = most_even(both)

    for poor, low in totals.items():
        for rich, high in totals.items():
            if high >= low + 2:
                assert not _carried(both, {**totals, poor: low + 1, rich: high - 1})


def _carried(both: list[Day], totals: dict[tuple[str, str], int]) -> bool:
    """Hall's condition, over all sets of sellers: together they sell at most what their lots can bring."""
    sellers = [seller for seller, _ in totals]
    return all(
        sum(totals[one, "egg"] for one in chosen) <= sum(_most(one, set(chosen)) for one in both)
        for number in range(1, 1 << len(sellers))
        if (chosen := [one for place, one in enumerate(sellers) if number >> place & 1])
    )


def _most(one: Day, sellers: set[str]) -> int:
    market = one.markets["egg"]
    able = [place for place, own in enumerate(market.lots) if own.seller in sellers]
    free = sum(market.stock[place] for place in able if not market.serves(place, 0))
    both = sum(market.stock[place] for place in able if market.serves(place, 0))
    wanted = [own.quantity for own in market.demands]
    reached = free if any(market.serves(place, 1) for place in able) else 0
    dear = min(reached, wanted[1])
    return dear + min(both, wanted[0] + wanted[1] - dear)


def test_paying_the_far_seller_his_part_costs_at_least_one_trip() -> None:
    days = [known(plain(NEAR_AND_FAR, [demand("D", 20)], STOPS)) for _ in range(2)]

    free = least_season(days, {})
    fair = least_season(days, {("S1", "egg"): 20, ("S2", "egg"): 20})

    assert free == pytest.approx(2 * (20 * 1000 + 100))
    assert free < fair <= 20 * 1000 + 100 + 20 * 900 + 10_000 + 1e-6


def test_two_villages_cannot_both_have_their_hak_for_less_than_one_trip() -> None:
    days = [known(plain(NEAR_AND_FAR, [demand("D", 20)], STOPS)) for _ in range(2)]
    hak = {"near": 20, "far": 20}
    near, far = 20 * 1000 + 100, 20 * 900 + 10_000

    assert least_cost(days, hak, apart=40) == pytest.approx(2 * near)
    assert 2 * near < least_cost(days, hak, apart=20) < least_cost(days, hak, apart=0) <= near + far + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_no_two_days_that_keep_the_villages_near_their_hak_are_cheaper(seed: int) -> None:
    """Against every way to fill an order of ten on two days, ten eggs from either village or some of both."""
    draw = Random(seed)
    stops = {"near": draw.randrange(4000), "far": draw.randrange(4000)}
    lots = [lot(one[0], 10, draw.randrange(900, 1100), village=one) for one in stops]
    days = [known(plain(lots, [demand("D", 10)], stops)) for _ in range(2)]
    hak = {"near": (half := draw.randrange(21)), "far": 20 - half}
    price = dict(zip(stops, (one["price"] for one in lots), strict=True))

    def cost(near: int) -> int:
        given = {"near": near, "far": 10 - near}
        return sum(amount * price[name] + stops[name] for name, amount in given.items() if amount)

    for apart in (0, 2, 10):
        fair = [
            cost(one) + cost(two)
            for one in range(11)
            for two in range(11)
            if 2 * abs(one + two - hak["near"]) <= apart
        ]
        assert least_cost(days, hak, apart) <= min(fair) + 1e-6


def test_a_village_that_gives_in_tens_stays_as_far_as_its_hak_is_from_a_ten() -> None:
    days = [known(plain([lot("1", 30, 1000, village="near", step=10)], [demand("D", 20)], {"near": 0}))]

    assert least_by_steps(days, {"near": 24}) == pytest.approx(0.004)
    assert least_by_steps(days, {"near": 30}) == 0
