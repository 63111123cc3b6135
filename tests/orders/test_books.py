"""How a window ends, on real PostgreSQL: its book closes by itself, or it is called off."""

from datetime import timedelta
from hashlib import sha256

from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    announced,
    called_off,
    places,
    sees,
)
from tests.orders.people import A_SECOND, CLOSES, DEWI_CALLS, HOTEL_CALLS, NOON, WINDOW


async def test_a_book_closes_by_itself_over_every_order_in_its_version(orders: ServiceUnderTest) -> None:
    first, second = await places(orders), await places(orders, HOTEL_CALLS)

    done = await orders.falls_due(CLOSES + A_SECOND)

    (closed,) = await orders.events("orders.book_closed.v1")
    booked = [(first["id"], 1), (second["id"], 1)]
    assert done == 1
    assert [(each["order_id"], each["version"]) for each in closed["orders"]] == booked
    assert closed["digest"] == sha256("".join(f"{i}:{v}\n" for i, v in booked).encode()).hexdigest()
    assert closed["due_at"] == "2026-11-26T05:00:00Z"
    assert (await sees(orders, f"/orders/{first['id']}"))["status"] == "in_book"


async def test_a_book_does_not_close_before_its_time_and_closes_once(orders: ServiceUnderTest) -> None:
    early = await orders.falls_due(CLOSES - timedelta(minutes=1))

    done = await orders.falls_due(CLOSES) + await orders.falls_due(CLOSES + timedelta(days=3))

    assert (early, done) == (0, 1)
    assert await orders.emitted() == ["orders.book_closed.v1"]


async def test_a_book_that_nobody_ordered_in_closes_too(orders: ServiceUnderTest) -> None:
    await orders.falls_due(CLOSES)

    (closed,) = await orders.events("orders.book_closed.v1")
    assert closed["orders"] == []


async def test_a_window_heard_of_after_its_end_closes_at_once(orders: ServiceUnderTest) -> None:
    late = new_id()
    await orders.receives(announced(late, closes_at=NOON - timedelta(hours=1)))

    await orders.falls_due()

    assert [closed["window_id"] for closed in await orders.events()] == [str(late)]


async def test_a_window_announced_a_second_time_does_not_open_its_closed_book(
    orders: ServiceUnderTest,
) -> None:
    await orders.falls_due(CLOSES)

    await orders.receives(announced(version=2, closes_at=CLOSES + timedelta(days=1)))

    assert await orders.falls_due(CLOSES + timedelta(days=2)) == 0
    assert (await sees(orders, f"/windows/{WINDOW}"))["phase"] == "closed"


async def test_a_called_off_window_cancels_its_orders_only_once(orders: ServiceUnderTest) -> None:
    placed = await places(orders)

    await orders.receives(called_off(), called_off())
    await orders.receives(called_off(version=3))

    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]
    cancelled = (await orders.events())[-1]
    assert (cancelled["order_id"], cancelled["version"]) == (placed["id"], 2)
    assert cancelled["reason"] == "Jembatan putus"
    assert (await sees(orders, f"/orders/{placed['id']}"))["status"] == "cancelled"


async def test_a_called_off_window_leaves_alone_what_its_buyer_cancelled(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    async with orders.client(DEWI_CALLS) as client:
        await client.post(f"/orders/{placed['id']}/cancel", json={"reason": "Acara batal"})

    await orders.receives(called_off())

    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]
    timeline = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert [entry["what"] for entry in timeline] == ["orders.placed.v1", "orders.cancelled.v1"]


async def test_no_book_closes_after_its_window_was_called_off(orders: ServiceUnderTest) -> None:
    await orders.receives(called_off())

    assert await orders.falls_due(CLOSES + A_SECOND) == 0
    assert await orders.emitted() == []


async def test_a_window_called_off_after_its_book_closed_cancels_what_stood_in_it(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    await orders.receives(called_off())

    assert (await orders.emitted())[-2:] == ["orders.book_closed.v1", "orders.cancelled.v1"]
    assert (await sees(orders, f"/orders/{placed['id']}"))["status"] == "cancelled"


async def test_announced_and_called_off_at_once_closes_nothing(orders: ServiceUnderTest) -> None:
    both = new_id()

    await orders.receives(announced(both), called_off(both))

    assert (await sees(orders, f"/windows/{both}"))["called_off"] == "Jembatan putus"
