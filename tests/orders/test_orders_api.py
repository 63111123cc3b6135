"""Orders over HTTP: placed, seen, changed and cancelled by their buyers while the book is open."""

import json
from typing import Any

import pytest

from services.chassis.access import Caller
from services.chassis.codes import valid_code
from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest
from tests.orders.people import (
    CLOSES,
    DEWI,
    DEWI_CALLS,
    HOTEL_CALLS,
    KG,
    MANAGER,
    NOBODYS,
    OPENS,
    OTHER_MANAGER,
    RICE,
    WINDOW,
    announced,
    answered,
    called_off,
    chilli_body,
    order_body,
    places,
    rice_listed,
    sees,
    since,
)

REASON = {"reason": "Acara ditunda"}


async def test_a_placed_order_is_answered_with_its_code_and_version_and_told_to_all(
    orders: ServiceUnderTest,
) -> None:
    async with orders.client(DEWI_CALLS) as client:
        answer = await client.post("/orders", json=order_body())

    placed = answered(answer, 201)
    assert (placed["status"], placed["version"], answer.headers["etag"]) == ("placed", 1, '"1"')
    assert valid_code(placed["code"])
    (event,) = await orders.events()
    assert (event["type"], event["actor"], event["order_id"]) == (
        "orders.placed.v1",
        f"buyer:{DEWI}",
        placed["id"],
    )
    assert await sees(orders, f"/orders/{placed['id']}") == placed


async def test_somebody_who_orders_for_a_buyer_stands_in_the_event_and_the_timeline(
    orders: ServiceUnderTest,
) -> None:
    secretary = Caller(new_id(), "buyer", on_behalf_of=DEWI)

    placed = await places(orders, secretary)

    (event,) = await orders.events()
    (entry,) = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert placed["buyer_id"] == str(DEWI)
    assert (event["actor"], event["on_behalf_of"]) == (secretary.actor, str(DEWI))
    assert (entry["role"], entry["actor"], entry["on_behalf_of"]) == ("buyer", secretary.actor, str(DEWI))


async def test_an_order_sent_twice_under_one_key_is_placed_once(orders: ServiceUnderTest) -> None:
    async with orders.client(DEWI_CALLS, **{"Idempotency-Key": "satu"}) as client:
        first = await client.post("/orders", json=order_body())
        again = await client.post("/orders", json=order_body())
        other = await client.post("/orders", json=order_body(chilli_body(KG)))

    assert (again.status_code, again.json(), again.headers["etag"]) == (201, first.json(), '"1"')
    assert other.status_code == 422
    assert await orders.emitted() == ["orders.placed.v1"]


@pytest.mark.parametrize("path", ["/orders/{}", "/orders/{}/timeline"])
async def test_an_order_is_seen_by_its_buyer_and_its_cooperatives_manager_only(
    orders: ServiceUnderTest, path: str
) -> None:
    address = path.format((await places(orders))["id"])

    statuses = {}
    for caller in (DEWI_CALLS, MANAGER, HOTEL_CALLS, OTHER_MANAGER):
        async with orders.client(caller) as client:
            statuses[caller] = (await client.get(address)).status_code

    assert statuses == {DEWI_CALLS: 200, MANAGER: 200, HOTEL_CALLS: 404, OTHER_MANAGER: 404}


async def test_nobody_changes_or_cancels_an_order_of_another(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    path = f"/orders/{placed['id']}"

    for caller, status in ((HOTEL_CALLS, 404), (MANAGER, 403), (None, 401)):
        async with orders.client(caller, **{"If-Match": '"1"'}) as client:
            changed = await client.put(path, json={"lines": [chilli_body(KG)]})
            cancelled = await client.post(f"{path}/cancel", json=REASON)
        assert (changed.status_code, cancelled.status_code) == (status, status)

    assert await sees(orders, path) == placed


async def test_a_list_shows_own_orders_newest_first_page_by_page(orders: ServiceUnderTest) -> None:
    mine = [(await places(orders))["id"] for _ in range(3)]
    await places(orders, HOTEL_CALLS)

    page = await sees(orders, "/orders?limit=2")
    rest = await sees(orders, f"/orders?limit=2&cursor={page['next']}")

    assert [each["id"] for each in page["items"] + rest["items"]] == mine[::-1]
    assert rest["next"] is None


async def test_a_manager_lists_the_orders_of_a_window_by_status(orders: ServiceUnderTest) -> None:
    other_window = new_id()
    await orders.receives(announced(other_window))
    kept, dropped = await places(orders), await places(orders, HOTEL_CALLS)
    await places(orders, window_id=other_window)
    async with orders.client(HOTEL_CALLS) as client:
        answered(await client.post(f"/orders/{dropped['id']}/cancel", json=REASON))

    standing = await sees(orders, f"/orders?window_id={WINDOW}&status=placed", MANAGER)
    everything = await sees(orders, "/orders", MANAGER)

    assert [each["id"] for each in standing["items"]] == [kept["id"]]
    assert len(everything["items"]) == 3
    assert (await sees(orders, "/orders", OTHER_MANAGER))["items"] == []


async def test_a_change_replaces_all_lines_and_answers_the_next_version(orders: ServiceUnderTest) -> None:
    placed = await places(orders)

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        answer = await client.put(f"/orders/{placed['id']}", json={"lines": [chilli_body(400 * KG)]})

    changed = answered(answer)
    assert (changed["version"], answer.headers["etag"]) == (2, '"2"')
    assert [line["quantity"] for line in changed["lines"]] == [400 * KG]
    assert changed["lines"][0]["line_id"] != placed["lines"][0]["line_id"]
    assert await orders.emitted() == ["orders.placed.v1", "orders.changed.v1"]
    assert await sees(orders, f"/orders/{placed['id']}") == changed


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 428, "version-needed"),
        ({"If-Match": '"7"'}, 412, "changed-meanwhile"),
        ({"If-Match": "satu"}, 422, "invalid"),
    ],
)
async def test_a_change_must_name_the_version_that_stands(
    orders: ServiceUnderTest, headers: dict[str, str], status: int, code: str
) -> None:
    placed = await places(orders)

    async with orders.client(DEWI_CALLS, **headers) as client:
        answer = await client.put(f"/orders/{placed['id']}", json={"lines": [chilli_body(KG)]})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await sees(orders, f"/orders/{placed['id']}") == placed


async def test_of_two_changes_of_the_same_version_one_is_refused(orders: ServiceUnderTest) -> None:
    placed = await places(orders)

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        path, body = f"/orders/{placed['id']}", {"lines": [chilli_body(KG)]}
        answers = [await client.put(path, json=body), await client.put(path, json=body)]

    assert [answer.status_code for answer in answers] == [200, 412]


async def test_a_cancelled_order_is_neither_cancelled_again_nor_changed(orders: ServiceUnderTest) -> None:
    path = f"/orders/{(await places(orders))['id']}"

    async with orders.client(DEWI_CALLS, **{"If-Match": '"2"'}) as client:
        cancelled = answered(await client.post(f"{path}/cancel", json=REASON))
        again = await client.post(f"{path}/cancel", json=REASON)
        changed = await client.put(path, json={"lines": [chilli_body(KG)]})

    assert (cancelled["status"], cancelled["version"]) == ("cancelled", 2)
    assert (again.json()["code"], changed.json()["code"]) == ("already-cancelled", "already-cancelled")
    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]


@pytest.mark.parametrize("closed_by", ["the sweep", "the clock alone"])
async def test_nothing_is_placed_changed_or_cancelled_once_the_book_is_due(
    orders: ServiceUnderTest, closed_by: str
) -> None:
    path = f"/orders/{(await places(orders))['id']}"
    orders.moves_to(CLOSES)
    if closed_by == "the sweep":
        await orders.falls_due()

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"', "Accept-Language": "id"}) as client:
        refused = [
            await client.post("/orders", json=order_body()),
            await client.put(path, json={"lines": [chilli_body(KG)]}),
            await client.post(f"{path}/cancel", json=REASON),
        ]

    assert [(each.status_code, each.json()["code"]) for each in refused] == [(409, "too-late")] * 3
    assert "ditutup Kamis 26 Nov 2026 pukul 12.00 WIB" in refused[0].json()["detail"]
    assert (await orders.emitted())[0] == "orders.placed.v1"
    assert "orders.changed.v1" not in await orders.emitted()


async def test_nothing_is_ordered_before_a_window_opens_or_after_it_was_called_off(
    orders: ServiceUnderTest,
) -> None:
    off = new_id()
    await orders.receives(announced(off), called_off(off))
    async with orders.client(DEWI_CALLS) as client:
        called = await client.post("/orders", json=order_body(window_id=off))
        orders.moves_to(since(OPENS, days=-1))
        early = await client.post("/orders", json=order_body())

    assert (called.status_code, called.json()["code"]) == (409, "called-off")
    assert (early.status_code, early.json()["code"]) == (409, "not-open-yet")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (order_body(window_id=NOBODYS), "unknown-window"),
        (order_body(chilli_body(commodity_id=str(NOBODYS))), "unknown-commodity"),
        (order_body(chilli_body(commodity_id=str(RICE), grade=None)), "not-in-window"),
        (order_body(chilli_body(grade="C")), "unknown-grade"),
        (order_body(chilli_body(1500)), "not-a-multiple"),
        (order_body(chilli_body(), chilli_body(1)), "not-a-multiple"),
    ],
)
async def test_a_wish_that_cannot_be_granted_is_refused_with_its_reason(
    orders: ServiceUnderTest, body: dict[str, Any], code: str
) -> None:
    await orders.receives(rice_listed())
    async with orders.client(DEWI_CALLS) as client:
        answer = await client.post("/orders", json=body)

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await orders.emitted() == []


QUANTITIES: list[object] = [0, -1, 1.5, 10**13, "1000", None, True, float("nan")]
CAPS: list[object] = [0, -38_000, 38_000.5, 10**30, "mahal", []]
GRADES: list[object] = ["", "\x00", "🌶", "A" * 1_000, 7]
COMMODITIES: list[object] = ["cabai", None, 1, "' OR 1=1"]
CERTIFICATES: list[object] = ["organik", [None], ["\x00"], ["x"] * 21]
HOSTILE: list[dict[str, Any]] = [
    *[chilli_body() | {"quantity": wrong} for wrong in QUANTITIES],
    *[chilli_body() | {"cap": wrong} for wrong in CAPS],
    *[chilli_body() | {"grade": wrong} for wrong in GRADES],
    *[chilli_body() | {"commodity_id": wrong} for wrong in COMMODITIES],
    *[chilli_body() | {"certificates": wrong} for wrong in CERTIFICATES],
    chilli_body() | {"discount": 5},
    {"quantity": 1000, "cap": 1},
    {},
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_line_that_cannot_be_meant_is_refused_by_its_field(
    orders: ServiceUnderTest, line: dict[str, Any]
) -> None:
    async with orders.client(DEWI_CALLS) as client:
        content = json.dumps(order_body(line)).encode()
        answer = await client.post("/orders", content=content, headers={"content-type": "application/json"})

    assert answer.status_code in {400, 422}, answer.text
    assert answer.status_code == 400 or answer.json()["errors"][0]["field"].startswith("lines[0]")
    assert await orders.emitted() == []


@pytest.mark.parametrize("body", [{}, [], None, {"window_id": str(WINDOW)}, order_body() | {"lines": []}])
async def test_an_order_without_lines_or_window_is_refused(orders: ServiceUnderTest, body: object) -> None:
    async with orders.client(DEWI_CALLS) as client:
        answer = await client.post("/orders", json=body)

    assert answer.status_code == 422
