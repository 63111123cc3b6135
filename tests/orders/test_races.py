"""Two transactions at once on real PostgreSQL: an order is in the book or refused, never neither."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.chassis import points
from services.chassis.failure import LocksMoved
from services.orders.handlers import close_book
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until
from tests.orders.facts import announced, called_off, chilli_body, order_body, places
from tests.orders.people import CLOSES, DEWI_CALLS, KG, WINDOW

OTHER_WINDOW = UUID("01920000-0000-7000-8000-0000000000a2")
WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


class Held:
    """Holds the first transaction just before its commit, until told to go on."""

    def __init__(self) -> None:
        self.there = asyncio.Event()
        self.on = asyncio.Event()

    async def __call__(self, point: str) -> None:
        if point == "before-commit" and not self.there.is_set():
            self.there.set()
            await self.on.wait()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    first = Held()
    monkeypatch.setattr(points, "_listeners", [first])
    return first


async def _place(orders: ServiceUnderTest, body: dict[str, Any] | None = None) -> httpx.Response:
    async with orders.client(DEWI_CALLS) as client:
        return await client.post("/orders", json=body or order_body())


async def _waits_for_a_lock(orders: ServiceUnderTest) -> None:
    async def waiting() -> int:
        async with orders.tx() as tx:
            return int(await tx.scalar(WAITING))

    await until(waiting, what="the second transaction waits for the first")


async def test_an_order_that_began_before_the_book_closed_is_in_the_book(
    orders: ServiceUnderTest, held: Held
) -> None:
    placing = asyncio.create_task(_place(orders))
    await held.there.wait()
    closing = asyncio.create_task(orders.falls_due(CLOSES))
    await _waits_for_a_lock(orders)

    held.on.set()
    placed, _ = await placing, await closing

    (closed,) = await orders.events("orders.book_closed.v1")
    assert placed.status_code == 201
    assert closed["orders"] == [{"order_id": placed.json()["id"], "version": 1}]


async def test_an_order_that_met_a_closing_book_is_refused_even_where_its_clock_is_late(
    orders: ServiceUnderTest,
) -> None:
    async with orders.tx() as closing:
        await closing.lock(WINDOW)
        await close_book(WINDOW, closing)
        placing = asyncio.create_task(_place(orders))
        await _waits_for_a_lock(orders)

    refused = await placing

    assert (refused.status_code, refused.json()["code"]) == (409, "too-late")
    assert await orders.emitted() == ["orders.book_closed.v1"]


async def test_a_change_that_began_before_the_book_closed_is_in_the_book_in_its_version(
    orders: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = await places(orders)
    held = Held()
    monkeypatch.setattr(points, "_listeners", [held])
    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        body = {"lines": [chilli_body(KG)]}
        changing = asyncio.create_task(client.put(f"/orders/{placed['id']}", json=body))
        await held.there.wait()
        closing = asyncio.create_task(orders.falls_due(CLOSES))
        await _waits_for_a_lock(orders)

        held.on.set()
        changed, _ = await changing, await closing

    (closed,) = await orders.events("orders.book_closed.v1")
    assert changed.status_code == 200
    assert closed["orders"] == [{"order_id": placed["id"], "version": 2}]


async def test_an_order_that_began_before_its_window_was_called_off_is_cancelled(
    orders: ServiceUnderTest, held: Held
) -> None:
    placing = asyncio.create_task(_place(orders))
    await held.there.wait()
    calling_off = asyncio.create_task(orders.receives(called_off()))
    await _waits_for_a_lock(orders)

    held.on.set()
    placed = await placing
    with suppress(LocksMoved):  # where it saw the order only after the lock, the consumer starts over
        await calling_off
    await orders.receives(called_off())

    assert placed.status_code == 201
    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]


@pytest.mark.parametrize("window", [WINDOW, OTHER_WINDOW], ids=["same", "other"])
async def test_buyers_do_not_wait_for_each_others_orders(
    orders: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, window: UUID
) -> None:
    await orders.receives(announced(OTHER_WINDOW))
    held = Held()
    monkeypatch.setattr(points, "_listeners", [held])
    placing = asyncio.create_task(_place(orders))
    await held.there.wait()

    other = await _place(orders, order_body(window_id=window))

    assert not placing.done()
    held.on.set()
    assert (await placing).status_code == 201
    assert other.status_code == 201


async def test_every_order_accepted_while_the_book_closes_is_in_it(orders: ServiceUnderTest) -> None:
    placing = [asyncio.create_task(_place(orders)) for _ in range(12)]
    await until(lambda: any(task.done() for task in placing))
    closing = asyncio.create_task(orders.falls_due(CLOSES))

    answers, _ = await asyncio.gather(*placing), await closing

    accepted = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    (closed,) = await orders.events("orders.book_closed.v1")
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {each["order_id"] for each in closed["orders"]} == accepted
