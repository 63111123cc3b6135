"""Windows as buyers find them, and books as managers see them."""

from datetime import timedelta

import pytest

from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import announced, called_off, places, sees
from tests.orders.people import (
    BASKET,
    CHILLI,
    CLOSES,
    COOPERATIVE,
    DEWI_CALLS,
    HOTEL_CALLS,
    MANAGER,
    NOBODYS,
    NOON,
    OTHER_COOPERATIVE,
    OTHER_MANAGER,
    WINDOW,
)

DAY = timedelta(days=1)


@pytest.fixture
async def windows(orders: ServiceUnderTest) -> list[str]:
    """Five more windows beside the open one, named in the order in which they should be listed."""
    soon, later, future, past, off = (new_id() for _ in range(5))
    await orders.receives(
        announced(off, closes_at=CLOSES - 3 * DAY),
        announced(past, closes_at=NOON - DAY / 2),
        announced(future, opens_at=NOON + DAY, closes_at=NOON + 2 * DAY),
        announced(later, closes_at=CLOSES + DAY),
        announced(soon, closes_at=NOON + DAY),
        called_off(off),
    )
    return [str(each) for each in (soon, WINDOW, later, future, past, off)]


async def test_open_windows_come_first_and_those_that_close_soonest_before_others(
    orders: ServiceUnderTest, windows: list[str]
) -> None:
    shown = await sees(orders, "/windows")

    assert [each["id"] for each in shown["items"]] == windows
    phases = [each["phase"] for each in shown["items"]]
    assert phases == ["open", "open", "open", "announced", "closed", "called_off"]


async def test_windows_come_page_by_page_in_the_same_order(
    orders: ServiceUnderTest, windows: list[str]
) -> None:
    first = await sees(orders, "/windows?limit=2")
    second = await sees(orders, f"/windows?limit=2&cursor={first['next']}")
    third = await sees(orders, f"/windows?limit=2&cursor={second['next']}")

    pages = first["items"], second["items"], third["items"]
    assert [[each["id"] for each in page] for page in pages] == [windows[:2], windows[2:4], windows[4:]]
    assert third["next"] is None


async def test_windows_are_found_by_phase_cooperative_and_commodity(
    orders: ServiceUnderTest, windows: list[str]
) -> None:
    async def found(query: str) -> list[str]:
        return [each["id"] for each in (await sees(orders, f"/windows?{query}"))["items"]]

    assert await found("phase=open") == windows[:3]
    assert await found("phase=called_off") == windows[5:]
    assert await found(f"cooperative_id={COOPERATIVE}&commodity_id={CHILLI}") == windows
    assert await found(f"cooperative_id={OTHER_COOPERATIVE}") == []
    assert await found(f"commodity_id={NOBODYS}") == []


async def test_a_window_says_what_can_be_ordered_in_it(orders: ServiceUnderTest) -> None:
    shown = await sees(orders, f"/windows/{WINDOW}")

    assert [each["id"] for each in shown["commodities"]] == [str(CHILLI), str(BASKET)]
    assert shown["commodities"][0]["grades"] == ["A", "B"]
    assert (shown["closes_at"], shown["time_zone"]) == ("2026-11-26T05:00:00Z", "Asia/Jakarta")


async def test_a_book_is_seen_by_its_cooperatives_manager_once_it_closed(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    async with orders.client(MANAGER) as manager, orders.client(OTHER_MANAGER) as other:
        before = await manager.get(f"/books/{WINDOW}")
        await orders.falls_due(CLOSES)
        after = await manager.get(f"/books/{WINDOW}")
        hidden = await other.get(f"/books/{WINDOW}")

    (closed,) = await orders.events("orders.book_closed.v1")
    assert (before.status_code, after.status_code, hidden.status_code) == (404, 200, 404)
    assert after.json()["orders"] == [{"order_id": placed["id"], "version": 1}] == closed["orders"]
    assert after.json()["digest"] == closed["digest"]


async def test_a_buyer_sees_no_book(orders: ServiceUnderTest) -> None:
    for buyer in (DEWI_CALLS, HOTEL_CALLS):
        async with orders.client(buyer) as client:
            assert (await client.get(f"/books/{WINDOW}")).status_code == 403


async def test_an_unknown_window_is_not_found(orders: ServiceUnderTest) -> None:
    async with orders.client(DEWI_CALLS) as client:
        assert (await client.get(f"/windows/{NOBODYS}")).status_code == 404
        assert (await client.get("/windows/besok")).status_code == 422
        assert (await client.get("/windows?phase=besok")).status_code == 422
