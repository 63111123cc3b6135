"""Orders changed and cancelled over HTTP, while the book is open."""

import pytest

from tests.harness.service import ServiceUnderTest
from tests.orders.facts import REASON, answered, chilli_body, order_body, places, sees
from tests.orders.people import CLOSES, DEWI_CALLS, KG


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
