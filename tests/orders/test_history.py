"""Every version of an order: its lines, since when, and who made it so."""

from uuid import UUID

from services.orders.events import OrderLeftOut
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import REASON, answered, called_off, chilli_body, places, sees, too_small
from tests.orders.people import CLOSES, DEWI_CALLS, HOTEL_CALLS, KG, MANAGER, NOON, WINDOW


async def test_each_version_keeps_its_lines_its_time_and_who_made_it(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    path = f"/orders/{placed['id']}"
    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        changed = answered(await client.put(path, json={"lines": [chilli_body(400 * KG)]}))
        stale = await client.put(path, json={"lines": [chilli_body(KG)]})
        answered(await client.post(f"{path}/cancel", json=REASON))

    told = await sees(orders, f"{path}/history")

    assert stale.status_code == 412
    assert [(one["version"], one["what"]) for one in told] == [
        (1, "orders.placed.v1"),
        (2, "orders.changed.v1"),
        (3, "orders.cancelled.v1"),
    ]
    kept = [one["lines"][0] if one["lines"] else None for one in told]
    assert [line and (line["line_id"], line["quantity"]) for line in kept] == [
        (placed["lines"][0]["line_id"], 500 * KG),
        (changed["lines"][0]["line_id"], 400 * KG),
        None,
    ]
    assert {one["actor"] for one in told} == {DEWI_CALLS.actor}
    assert told[0]["at"].startswith("2026-11-24T05:00")
    assert {one["window_id"] for one in told} == {str(WINDOW)}


async def test_what_others_make_of_an_order_stands_in_its_history_under_their_name(
    orders: ServiceUnderTest,
) -> None:
    carried, off = await places(orders), await places(orders, HOTEL_CALLS)
    await orders.receives(called_off(), actor=MANAGER.actor, at=NOON)

    told = await sees(orders, f"/orders/{off['id']}/history", HOTEL_CALLS)

    assert [(one["what"], one["actor"]) for one in told] == [
        ("orders.placed.v1", HOTEL_CALLS.actor),
        ("orders.cancelled.v1", MANAGER.actor),
    ]
    assert len(await sees(orders, f"/orders/{carried['id']}/history")) == 2


async def test_an_order_that_waits_is_in_no_window_in_that_version(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)
    await orders.receives(too_small())

    told = await sees(orders, f"/orders/{placed['id']}/history")

    assert [one["window_id"] for one in told] == [str(WINDOW), None]
    assert told[0]["lines"] == told[1]["lines"]


async def test_an_order_left_out_has_that_as_its_last_version(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    await orders.receives(OrderLeftOut(order_id=UUID(placed["id"]), version=1, reason="LEFT_OUT"))

    told = await sees(orders, f"/orders/{placed['id']}/history")
    assert [one["what"] for one in told] == ["orders.placed.v1", "orders.ended_short.v1"]


async def test_nobody_else_reads_it(orders: ServiceUnderTest) -> None:
    placed = await places(orders)

    async with orders.client(HOTEL_CALLS) as client:
        answer = await client.get(f"/orders/{placed['id']}/history")

    assert answer.status_code == 404
