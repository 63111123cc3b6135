"""A window as full as it may get: what closes it fits one message and one transaction."""

from sqlalchemy import text

from services.orders.domain.books import MOST_ORDERS
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import order_body
from tests.orders.people import CLOSES, COOPERATIVE, DEWI, DEWI_CALLS, NOON, WINDOW

FILL = text(
    "INSERT INTO orders (id, buyer_id, cooperative_id, window_id, placed_at, status, version)"
    " SELECT gen_random_uuid(), :buyer, :cooperative, :window, :at, 'placed', 1 FROM generate_series(1, :many)"
)


async def test_a_full_window_takes_no_order_more_and_its_book_closes(orders: ServiceUnderTest) -> None:
    whose = {"buyer": DEWI, "cooperative": COOPERATIVE, "window": WINDOW, "at": NOON, "many": MOST_ORDERS}
    async with orders.tx() as tx:
        await tx.execute(FILL, whose)

    async with orders.client(DEWI_CALLS) as client:
        refused = await client.post("/orders", json=order_body())
    await orders.falls_due(CLOSES)

    (closed,) = await orders.events("orders.book_closed.v1")
    assert (refused.status_code, refused.json()["code"]) == (409, "window-full")
    assert len(closed["orders"]) == MOST_ORDERS
