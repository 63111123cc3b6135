"""An order is accepted with a warning where no lot known today could serve a line."""

from datetime import date
from typing import Any

import pytest

from services.orders.events import LotListed, LotWithdrawn, StockReleased
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import answered, chilli_body, lot_listed, order_body, places, sees
from tests.orders.people import BASKET, CHILLI, CLOSES, DEWI_CALLS, KG, NOBODYS


async def test_an_order_that_no_lot_meets_is_accepted_with_a_notice(orders: ServiceUnderTest) -> None:
    async with orders.client(DEWI_CALLS, **{"Accept-Language": "id"}) as client:
        placed = answered(await client.post("/orders", json=order_body()), 201)

    (notice,) = placed["notices"]
    assert (notice["line_id"], notice["code"]) == (placed["lines"][0]["line_id"], "no-lot-meets")
    assert notice["sentence"].startswith("Belum ada lot Cabai merah yang memenuhi mutu")


@pytest.mark.parametrize(
    ("lot", "line"),
    [
        (lot_listed(), chilli_body()),
        (lot_listed(grade="A"), chilli_body(grade="B")),
        (lot_listed(grade="B"), chilli_body(grade=None)),
        (lot_listed(price=38_000), chilli_body()),
        (lot_listed(), chilli_body(certificates=["organik"])),
        (lot_listed().model_copy(update={"ready_on": None, "expires_on": None}), chilli_body()),
    ],
    ids=["as good", "better", "any grade", "at the cap", "certified", "not dated"],
)
async def test_a_lot_that_would_do_silences_the_notice(
    orders: ServiceUnderTest, lot: LotListed, line: dict[str, Any]
) -> None:
    await orders.receives(lot)

    assert (await places(orders, DEWI_CALLS, line))["notices"] == []


@pytest.mark.parametrize(
    ("lot", "line"),
    [
        (lot_listed(grade="B"), chilli_body()),
        (lot_listed(grade=None), chilli_body()),
        (lot_listed(price=38_001), chilli_body()),
        (lot_listed(), chilli_body(certificates=["halal"])),
        (lot_listed().model_copy(update={"ready_on": date(2026, 11, 29)}), chilli_body()),
        (lot_listed().model_copy(update={"expires_on": date(2026, 11, 27)}), chilli_body()),
        (lot_listed().model_copy(update={"commodity_id": BASKET}), chilli_body()),
    ],
    ids=["worse", "no grade", "too dear", "not certified", "not ready", "expired", "something else"],
)
async def test_a_lot_that_would_not_do_leaves_the_notice(
    orders: ServiceUnderTest, lot: LotListed, line: dict[str, Any]
) -> None:
    await orders.receives(lot)

    assert len((await places(orders, DEWI_CALLS, line))["notices"]) == 1


async def test_only_the_lines_that_no_lot_meets_have_a_notice(orders: ServiceUnderTest) -> None:
    await orders.receives(lot_listed())

    placed = await places(orders, DEWI_CALLS, chilli_body(), chilli_body(KG, cap=20_000))

    dear, cheap = placed["lines"]
    assert (dear["cap"], cheap["cap"]) == (38_000, 20_000)
    assert [notice["line_id"] for notice in placed["notices"]] == [cheap["line_id"]]


async def test_what_comes_back_to_a_withdrawn_lot_does_not_silence_the_notice(
    orders: ServiceUnderTest,
) -> None:
    gone = LotWithdrawn(lot_id=NOBODYS, version=2, available=0)
    came_back = StockReleased(lot_id=NOBODYS, version=3, available=50 * KG)

    await orders.receives(lot_listed(), gone, came_back)

    assert len((await places(orders))["notices"]) == 1


async def test_a_notice_appears_when_the_lot_is_withdrawn_and_ends_with_the_book(
    orders: ServiceUnderTest,
) -> None:
    await orders.receives(lot_listed())
    path = f"/orders/{(await places(orders))['id']}"

    await orders.receives(LotWithdrawn(lot_id=NOBODYS, version=2, available=0))
    open_book = await sees(orders, path)
    await orders.falls_due(CLOSES)
    closed_book = await sees(orders, path)

    assert (len(open_book["notices"]), closed_book["notices"]) == (1, [])
    assert open_book["lines"][0]["commodity_id"] == str(CHILLI)
