"""A manager closes a window before its time: orders closes the book when it hears so, once."""

from datetime import timedelta

from tests.harness.service import ServiceUnderTest
from tests.orders.facts import called_off, chilli_body, close_wanted, order_body, places, sees
from tests.orders.people import A_SECOND, CLOSES, DEWI_CALLS, HOTEL_CALLS, KG, MANAGER, NOON, WINDOW

HEARD = NOON + timedelta(minutes=5)


async def test_the_book_closes_at_once_with_what_was_ordered_until_it_was_heard(
    orders: ServiceUnderTest,
) -> None:
    first = await places(orders)
    orders.moves_to(HEARD)
    second = await places(orders, HOTEL_CALLS)

    await orders.receives(close_wanted(NOON), close_wanted(NOON), actor=MANAGER.actor, at=NOON)
    await orders.falls_due(CLOSES + A_SECOND)

    (closed,) = await orders.events("orders.book_closed.v1")
    assert [entry["order_id"] for entry in closed["orders"]] == [first["id"], second["id"]]
    assert closed["due_at"] == "2026-11-24T05:00:00Z"
    assert closed["closed_at"].startswith("2026-11-24T05:05")
    last = (await sees(orders, f"/orders/{first['id']}/timeline"))[-1]
    assert (last["what"], last["role"], last["actor"]) == ("orders.book_closed.v1", "manager", MANAGER.actor)


async def test_nobody_orders_changes_or_cancels_after_an_early_close_and_reads_since_when(
    orders: ServiceUnderTest,
) -> None:
    path = f"/orders/{(await places(orders))['id']}"
    await orders.receives(close_wanted(NOON))

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        refused = [
            await client.post("/orders", json=order_body()),
            await client.put(path, json={"lines": [chilli_body(KG)]}),
            await client.post(f"{path}/cancel", json={"reason": "Acara ditunda"}),
        ]

    assert [answer.json()["code"] for answer in refused] == ["too-late"] * 3
    assert "closed Tue 24 Nov 2026 at 12:00 WIB" in refused[0].json()["detail"]
    assert (await sees(orders, f"/windows/{WINDOW}"))["phase"] == "closed"


async def test_an_early_close_that_comes_after_the_book_closed_changes_nothing(
    orders: ServiceUnderTest,
) -> None:
    await orders.falls_due(CLOSES)

    await orders.receives(close_wanted(NOON))

    assert await orders.emitted() == ["orders.book_closed.v1"]
    assert (await sees(orders, f"/windows/{WINDOW}"))["closes_at"] == "2026-11-26T05:00:00Z"


async def test_a_window_called_off_before_has_no_book_to_close(orders: ServiceUnderTest) -> None:
    await orders.receives(called_off(), close_wanted(NOON, version=3))

    assert await orders.emitted() == []
    assert await orders.parked() == []
