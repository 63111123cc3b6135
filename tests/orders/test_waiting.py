"""Orders that wait: placed outside any window, or carried over from one that was too small; real PostgreSQL."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.orders.queries import windows
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    REASON,
    announced,
    answered,
    called_off,
    chilli_body,
    places,
    rice_listed,
    sees,
    too_small,
)
from tests.orders.following import linked, opens
from tests.orders.people import (
    A_SECOND,
    CHILLI,
    CLOSES,
    COOPERATIVE,
    DEWI_CALLS,
    HOTEL_CALLS,
    KG,
    NOBODYS,
    NOON,
    OTHER_COOPERATIVE,
    RICE,
    WINDOW,
)

NEXT_OPENS, NEXT_CLOSES = CLOSES + timedelta(hours=2), CLOSES + timedelta(days=2)
BETWEEN = CLOSES + timedelta(hours=1)


async def waits(
    orders: ServiceUnderTest,
    caller: Caller = DEWI_CALLS,
    *lines: dict[str, Any],
    cooperative_id: UUID = COOPERATIVE,
) -> dict[str, Any]:
    """An order for the next window, as answered."""
    async with orders.client(caller) as client:
        body = {"lines": list(lines) or [chilli_body()]}
        told = answered(await client.post(f"/cooperatives/{cooperative_id}/orders", json=body), 201)
    assert isinstance(told, dict)
    return told


async def opens_next(orders: ServiceUnderTest) -> str:
    """The next window is announced, and its time comes."""
    window_id = new_id()
    await orders.receives(announced(window_id, opens_at=NEXT_OPENS, closes_at=NEXT_CLOSES))
    await orders.falls_due(NEXT_OPENS)
    return str(window_id)


async def test_an_order_outside_any_window_waits_and_joins_the_next_when_that_opens(
    orders: ServiceUnderTest,
) -> None:
    await orders.falls_due(BETWEEN)
    placed = await waits(orders)

    window_id = await opens_next(orders)

    assert (placed["status"], placed["window_id"], placed["version"]) == ("waiting", None, 1)
    waiting, joined = (await orders.events())[-2:]
    assert (waiting["type"], waiting["moved_from"]) == ("orders.waiting.v1", None)
    assert (joined["type"], joined["version"], joined["window_id"]) == ("orders.changed.v1", 2, window_id)
    assert joined["joined"]["due_at"] == NEXT_OPENS.isoformat().replace("+00:00", "Z")
    assert joined["lines"] == waiting["lines"]
    shown = await sees(orders, f"/orders/{placed['id']}")
    assert (shown["status"], shown["window_id"]) == ("placed", window_id)
    told = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert [entry["sentence"] for entry in told] == [
        "The order waits for the next window: 500 kg of Cabai merah grade A, Rp38,000/kg at most.",
        "Window Pasar Sabtu Cipari opened Thu 26 Nov 2026 at 14:00 WIB; "
        "this order had waited for it and is in it now.",
    ]


async def test_what_waited_stands_in_the_book_of_its_window_and_joins_once(orders: ServiceUnderTest) -> None:
    await orders.falls_due(BETWEEN)
    placed = await waits(orders)
    window_id = await opens_next(orders)

    await orders.falls_due(NEXT_CLOSES)

    book = (await orders.events("orders.book_closed.v1"))[-1]
    assert book["window_id"] == window_id
    assert book["orders"] == [{"order_id": placed["id"], "version": 2}]
    assert (await orders.emitted()).count("orders.changed.v1") == 1


async def test_while_a_window_is_open_an_order_for_the_next_one_is_in_it_at_once(
    orders: ServiceUnderTest,
) -> None:
    placed = await waits(orders)

    assert (placed["status"], placed["window_id"]) == ("placed", str(WINDOW))
    assert await orders.emitted() == ["orders.placed.v1"]


async def test_an_order_joins_only_a_window_of_its_cooperative_that_takes_all_its_commodities(
    orders: ServiceUnderTest,
) -> None:
    await orders.receives(rice_listed())
    rice = {"commodity_id": str(RICE), "quantity": 5, "cap": 60_000}
    await orders.falls_due(BETWEEN)
    placed = await waits(orders, DEWI_CALLS, chilli_body(), rice)
    await opens_next(orders)
    before = (await sees(orders, f"/orders/{placed['id']}"))["status"]

    both = announced(new_id(), opens_at=NEXT_OPENS + A_SECOND, closes_at=NEXT_CLOSES)
    elsewhere = both.model_copy(update={"window_id": new_id(), "cooperative_id": OTHER_COOPERATIVE})
    takes_both = both.model_copy(update={"commodities": (CHILLI, RICE)})
    await orders.receives(
        *[one.model_copy(update={"commodities": (CHILLI, RICE)}) for one in (elsewhere, takes_both)]
    )
    await orders.falls_due(NEXT_OPENS + A_SECOND)

    assert before == "waiting"
    assert (await sees(orders, f"/orders/{placed['id']}"))["window_id"] == str(both.window_id)


async def test_a_waiting_order_is_changed_and_cancelled_like_any_other(orders: ServiceUnderTest) -> None:
    await orders.falls_due(BETWEEN)
    path = f"/orders/{(await waits(orders))['id']}"

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        changed = answered(await client.put(path, json={"lines": [chilli_body(300 * KG)]}))
        stale = await client.put(path, json={"lines": [chilli_body(KG)]})
        cancelled = answered(await client.post(f"{path}/cancel", json=REASON))
        again = await client.post(f"{path}/cancel", json=REASON)
    await opens_next(orders)

    assert (changed["status"], changed["version"], changed["lines"][0]["quantity"]) == (
        "waiting",
        2,
        300 * KG,
    )
    assert (stale.status_code, again.json()["code"]) == (412, "already-cancelled")
    assert (cancelled["status"], cancelled["version"]) == ("cancelled", 3)
    assert (await orders.emitted())[-3:] == ["orders.waiting.v1", "orders.waiting.v1", "orders.withdrawn.v1"]


async def test_a_waiting_order_that_is_changed_to_suit_an_open_window_joins_it(
    orders: ServiceUnderTest,
) -> None:
    await orders.receives(rice_listed())
    placed = await waits(orders, DEWI_CALLS, {"commodity_id": str(RICE), "quantity": 5, "cap": 60_000})

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        answered(await client.put(f"/orders/{placed['id']}", json={"lines": [chilli_body()]}))
    await orders.falls_due()

    assert placed["status"] == "waiting"
    assert (await sees(orders, f"/orders/{placed['id']}"))["window_id"] == str(WINDOW)


async def test_orders_of_a_window_that_was_too_small_wait_with_its_numbers_and_join_the_next(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    await orders.receives(too_small())
    await orders.receives(too_small().model_copy(update={"version": 3}))
    window_id = await opens_next(orders)

    waiting, joined = (await orders.events())[-2:]
    assert (waiting["type"], waiting["moved_from"]) == ("orders.waiting.v1", str(WINDOW))
    assert waiting["too_small"] == {"total": 4_210_000, "smallest_total": 5_000_000}
    assert waiting["placed_at"] == placed["placed_at"]
    assert (joined["version"], joined["window_id"]) == (3, window_id)
    told = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert told[2]["sentence"] == (
        "The window was called off: all orders together came to Rp4,210,000, and it needed at least "
        "Rp5,000,000. This order waits for the next one."
    )


async def test_the_link_of_an_order_that_was_carried_over_says_that_it_waits_and_then_shows_its_new_window(
    orders: ServiceUnderTest,
) -> None:
    made = await linked(orders)
    await orders.falls_due(CLOSES)
    await orders.receives(too_small())

    waiting = await opens(orders, made["path"])
    await opens_next(orders)
    joined = await opens(orders, made["path"])

    assert (waiting.status_code, joined.status_code) == (200, 200)
    assert "Pesanan menunggu periode berikutnya" in waiting.text
    assert "Sabtu 28 Nov 2026" not in waiting.text
    assert "Sabtu 28 Nov 2026" in joined.text


async def test_an_order_that_was_in_no_window_yet_has_no_link(orders: ServiceUnderTest) -> None:
    await orders.falls_due(BETWEEN)
    placed = await waits(orders)

    async with orders.client(DEWI_CALLS) as client:
        refused = await client.post(f"/orders/{placed['id']}/tracking")

    assert (refused.status_code, refused.json()["code"]) == (409, "in-no-window-yet")


async def test_orders_carried_over_while_the_next_window_is_open_join_it(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    other = new_id()
    await orders.receives(announced(other, opens_at=NOON, closes_at=NEXT_CLOSES))
    await orders.falls_due(CLOSES)

    await orders.receives(too_small())
    await orders.falls_due()

    assert (await sees(orders, f"/orders/{placed['id']}"))["window_id"] == str(other)


async def test_orders_of_a_window_too_small_that_carries_nothing_over_are_cancelled_with_its_numbers(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    await orders.receives(too_small(orders="cancel"))

    (cancelled,) = await orders.events("orders.cancelled.v1")
    assert cancelled["too_small"] == {"total": 4_210_000, "smallest_total": 5_000_000}
    told = await sees(orders, f"/orders/{placed['id']}/timeline", language="id")
    assert "semua pesanan bersama Rp4.210.000, padahal paling sedikit Rp5.000.000" in told[-1]["sentence"]


async def test_those_that_do_not_fit_go_on_waiting_in_their_turn(
    orders: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST_LINES", 2)
    await orders.falls_due(BETWEEN)
    two = [chilli_body(), chilli_body(KG)]
    first = await waits(orders)
    large, small = await waits(orders, DEWI_CALLS, *two), await waits(orders)

    window_id = await opens_next(orders)

    standing = [(await sees(orders, f"/orders/{one['id']}"))["window_id"] for one in (first, large, small)]
    assert standing == [window_id, None, None]


async def test_nobody_joins_a_window_called_off_before_it_opened_or_one_whose_time_is_over(
    orders: ServiceUnderTest,
) -> None:
    await orders.falls_due(BETWEEN)
    placed = await waits(orders, HOTEL_CALLS)
    off, over = new_id(), new_id()
    await orders.receives(
        announced(off, opens_at=NEXT_OPENS, closes_at=NEXT_CLOSES),
        called_off(off),
        announced(over, opens_at=BETWEEN + A_SECOND, closes_at=NEXT_OPENS),
    )

    await orders.falls_due(NEXT_CLOSES)

    assert (await sees(orders, f"/orders/{placed['id']}", HOTEL_CALLS))["status"] == "waiting"
    assert [one["orders"] for one in await orders.events("orders.book_closed.v1")][1:] == [[]]


async def test_a_waiting_order_takes_only_what_is_on_the_cooperatives_list(orders: ServiceUnderTest) -> None:
    theirs = rice_listed().model_copy(update={"cooperative_id": OTHER_COOPERATIVE})
    await orders.receives(theirs)

    async with orders.client(DEWI_CALLS) as client:
        refused, unknown = [
            await client.post(f"/cooperatives/{one}/orders", json={"lines": [chilli_body()]})
            for one in (OTHER_COOPERATIVE, NOBODYS)
        ]

    assert (refused.status_code, refused.json()["code"]) == (409, "unknown-commodity")
    assert unknown.status_code == 404
