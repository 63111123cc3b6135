"""Orders placed over HTTP, and who sees them."""

import pytest

from services.chassis.codes import valid_code
from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import REASON, announced, answered, chilli_body, order_body, places, sees
from tests.orders.people import DEWI, DEWI_CALLS, HOTEL_CALLS, KG, MANAGER, OTHER_MANAGER, WINDOW


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
