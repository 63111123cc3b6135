"""A window whose book comes to less than it must: called off before anyone is asked."""

from typing import Literal

import pytest

from services.cooperative.domain import Window
from services.cooperative.events import OrderChanged, OrderWaiting
from tests.cooperative.people import CLOSES, FIRM, KG, KITCHEN, MANAGER, ORDER, WINDOW
from tests.cooperative.steps import reads, three_lots
from tests.cooperative.told import book, ordered, placed
from tests.harness.service import ServiceUnderTest

WORTH = 60 * 36_000
"""Of the 60 kg that are ordered, at the reference price; the buyer would pay up to Rp38,000."""


async def needs(
    cooperative: ServiceUnderTest, total: int, if_too_small: Literal["call_off", "carry_over"] = "call_off"
) -> None:
    async with cooperative.tx() as tx:
        window = await tx.get(Window, WINDOW)
        assert window is not None
        window.smallest_total, window.if_too_small = total, if_too_small


@pytest.mark.parametrize(("if_too_small", "orders"), [("call_off", "cancel"), ("carry_over", "wait")])
async def test_a_book_below_the_smallest_total_calls_its_window_off_and_asks_nobody(
    cooperative: ServiceUnderTest, if_too_small: Literal["call_off", "carry_over"], orders: str
) -> None:
    await needs(cooperative, WORTH + 1, if_too_small)
    await cooperative.receives(*three_lots(), placed(60 * KG), book())

    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due(FIRM)

    (told,) = await cooperative.events()
    assert (told["type"], told["orders"]) == ("cooperative.window_called_off.v1", orders)
    assert told["too_small"] == {"total": WORTH, "smallest_total": WORTH + 1}
    assert told["reason"] == "Jumlah semua pesanan Rp2.160.000, belum sampai Rp2.160.001"
    board = await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")
    assert (board["window"]["status"], board["lines"]) == ("called_off", [])


async def test_a_book_of_exactly_the_smallest_total_is_shared(cooperative: ServiceUnderTest) -> None:
    await needs(cooperative, WORTH)
    await cooperative.receives(*three_lots(), placed(60 * KG), book())

    await cooperative.falls_due(CLOSES)

    assert "cooperative.hold_wanted.v1" in await cooperative.emitted()


async def test_an_incomplete_book_is_not_judged(cooperative: ServiceUnderTest) -> None:
    await needs(cooperative, WORTH + 1)
    await cooperative.receives(*three_lots(), book())

    await cooperative.falls_due(CLOSES)
    before = await cooperative.emitted()
    await cooperative.receives(placed(60 * KG))
    await cooperative.falls_due()

    assert before == []
    assert await cooperative.emitted() == ["cooperative.window_called_off.v1"]


async def test_a_book_that_comes_after_firm_is_no_longer_called_off(cooperative: ServiceUnderTest) -> None:
    await needs(cooperative, WORTH + 1)
    await cooperative.receives(*three_lots(), placed(60 * KG))
    await cooperative.falls_due(FIRM)

    await cooperative.receives(book())
    await cooperative.falls_due()

    assert await cooperative.emitted() == ["cooperative.line_short.v1"]


async def test_an_order_that_waited_is_shared_by_the_time_it_was_placed(
    cooperative: ServiceUnderTest,
) -> None:
    first = placed(60 * KG)
    waited = OrderWaiting(
        order_id=ORDER, version=1, buyer_id=KITCHEN, lines=first.lines, placed_at=first.placed_at
    )
    joined = OrderChanged(
        order_id=ORDER, version=2, buyer_id=KITCHEN, window_id=WINDOW, lines=(ordered(60 * KG),)
    )

    await cooperative.receives(*three_lots(), waited, joined, book((ORDER, 2)))
    await cooperative.falls_due(CLOSES)

    wanted = await cooperative.events("cooperative.hold_wanted.v1")
    assert sum(one["quantity"] for one in wanted) == 60 * KG
    assert await cooperative.parked() == []
