"""The seller who lies: he sells what he truly brings, his goods keep two days, and the rest goes to others."""

from typing import Any

from bench.sharing.lies import LIES
from bench.sharing.manipulation import HONEST, Trader, traded
from tests.bench.days import demand, lot, plain


def _days(count: int, quantity: int, wanted: int) -> list[dict[str, Any]]:
    return [
        plain([lot("1", quantity, 1000), lot("2", 50, 1000)], [demand("D", wanted)]) for _ in range(count)
    ]


def test_who_overstates_sells_no_more_than_he_has() -> None:
    lied = traded(_days(1, 10, 60), "S1", LIES["overstates stock threefold"], 250)

    assert lied.sold == 10


def test_what_was_not_sold_is_offered_once_more_and_then_gone() -> None:
    trader = Trader("S1", HONEST, 1000)
    days = _days(3, 30, 40)

    for number, day in enumerate([days[0], {**days[1], "lots": days[1]["lots"][1:]}, days[2]]):
        trader.trades(number, {**day, "demands": [demand("D", (40, 6, 1)[number])]})

    assert trader.sold in (20 + 3, 20 + 3 + 1)
    assert trader.left is not None
    assert 29 <= trader.left["quantity"] <= 30


def test_declining_sells_nothing_that_day_and_his_debt_stays() -> None:
    declining, honest = (Trader("S1", lie, 1000) for lie in (LIES["declines every other day"], HONEST))

    for trader in (declining, honest):
        trader.trades(0, _days(1, 30, 40)[0])

    assert (declining.sold, honest.sold) == (0, 20)
    assert declining.carried.get(("S1", "egg"), 0) == honest.carried.get(("S1", "egg"), 0) == 0
