"""Orders refused over HTTP, each with its reason; nothing is stored."""

import json
from typing import Any

import pytest

from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    announced,
    called_off,
    chilli_body,
    order_body,
    rice_listed,
    since,
)
from tests.orders.people import (
    DEWI_CALLS,
    NOBODYS,
    OPENS,
    RICE,
    WINDOW,
)


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
