"""A window as full as it may get: its book closes, and it can still be called off."""

from services.orders.domain.books import MOST_LINES
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import answered, called_off, chilli_body, order_body, places
from tests.orders.people import CLOSES, DEWI_CALLS

LINES_OF_ONE = 50


async def full(orders: ServiceUnderTest) -> list[str]:
    """As many orders as fit; answers their ids."""
    lines = [chilli_body()] * LINES_OF_ONE
    return [(await places(orders, DEWI_CALLS, *lines))["id"] for _ in range(MOST_LINES // LINES_OF_ONE)]


async def test_a_full_window_takes_no_line_more_and_its_book_closes(orders: ServiceUnderTest) -> None:
    placed = await full(orders)

    async with orders.client(DEWI_CALLS) as client:
        refused = await client.post("/orders", json=order_body())
    await orders.falls_due(CLOSES)

    (closed,) = await orders.events("orders.book_closed.v1")
    assert (refused.status_code, refused.json()["code"]) == (409, "window-full")
    assert sorted(entry["order_id"] for entry in closed["orders"]) == sorted(placed)


async def test_in_a_full_window_an_order_can_be_changed_but_not_grow(orders: ServiceUnderTest) -> None:
    path = f"/orders/{(await full(orders))[0]}"
    as_many, more = [chilli_body(cap=40_000)] * LINES_OF_ONE, [chilli_body()] * LINES_OF_ONE

    async with orders.client(DEWI_CALLS) as client:
        shrunk = await client.put(path, json={"lines": as_many[1:]}, headers={"If-Match": '"1"'})
        other = await client.post("/orders", json=order_body())
        grown = await client.put(path, json={"lines": more}, headers={"If-Match": '"2"'})

    assert answered(shrunk)["version"] == 2
    assert answered(other, 201)
    assert (grown.status_code, grown.json()["code"]) == (409, "window-full")


async def test_a_full_window_is_called_off(orders: ServiceUnderTest) -> None:
    placed = await full(orders)

    await orders.receives(called_off())

    assert len(await orders.events("orders.cancelled.v1")) == len(placed)
