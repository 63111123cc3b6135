"""Orders race the closing of the book while orders' relay stands still: every accepted order is shared."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from demo.people import CHILLI_CAP, KG, MANAGER
from demo.steps.founding import COMMODITIES, FOUNDING
from demo.steps.listing import LISTING
from demo.steps.ordering import ANNOUNCED, sharings
from demo.story import Story, play
from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.harness.flows import Villages
from tests.harness.until import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

STANDS_STILL_S = 60
BUYERS = 40
_UNFINISHED = (
    "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL transaction_timeout = 0;"
    " SELECT pg_current_xact_id()"
)


@asynccontextmanager
async def relay_stopped(database_url: str) -> AsyncIterator[None]:
    """Within the block an older transaction is still running, and the relay passes nothing that is younger."""
    session = await asyncpg.connect(database_url)
    try:
        await session.execute(_UNFINISHED)
        yield
    finally:
        await session.close()


async def _passes(done: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(done.wait(), seconds)
    except TimeoutError:
        return


async def place(story: Story, running: Villages, client: httpx.AsyncClient) -> tuple[int, dict[str, Any]]:
    """One buyer's order of 3 kg, whatever the answer."""
    buyer = Caller(uuid4(), "buyer")
    line = {"commodity_id": story.chilli, "grade": "A", "quantity": 3 * KG, "cap": CHILLI_CAP}
    headers = {"Authorization": f"Bearer {story.world.token(buyer)}", "Idempotency-Key": str(new_id())}
    wish = {"window_id": story.window.id, "lines": [line]}
    answer = await client.post(f"{running.urls['orders']}/orders", json=wish, headers=headers)
    return answer.status_code, answer.json()


async def race(story: Story, running: Villages) -> list[tuple[int, dict[str, Any]]]:
    """Many place at once; after a third of them time jumps past the closing of the book."""
    async with httpx.AsyncClient(timeout=30) as client:
        early = [asyncio.create_task(place(story, running, client)) for _ in range(BUYERS // 2)]
        await asyncio.wait(early, return_when=asyncio.FIRST_COMPLETED)
        story.world.move_to(story.window.closes_at)
        closed, late = False, []
        async with asyncio.timeout(30):
            while not closed:
                late.append(await place(story, running, client))
                closed = late[-1][0] == 409
        return [*(await asyncio.gather(*early)), *late]


async def test_every_order_accepted_while_the_book_closed_is_shared(story: Story, running: Villages) -> None:
    await play(story, (FOUNDING, COMMODITIES, LISTING, ANNOUNCED), lambda _number, _step: None)
    await running.quiet()

    async with relay_stopped(running.running["orders"].settings.database_url):
        answers = await race(story, running)
        accepted = {UUID(body["id"]) for status, body in answers if status == 201}
        book = await until(lambda: closed_book(story), what="the book closes")
        await _passes(asyncio.Event(), STANDS_STILL_S)
        assert await sharings(story) == []

    published = await until(lambda: sharings(story), what="the book is shared")
    board = await story.world.ask(story.caller(MANAGER), "cooperative", f"/windows/{story.window.id}/board")
    record = await story.world.ask(story.caller(MANAGER), "cooperative", f"/sharings/{published[0]['id']}")
    assert {status for status, _ in answers} == {201, 409}
    assert {UUID(entry["order_id"]) for entry in book["orders"]} == accepted
    assert await lines_of(story, accepted) == {line["line_id"] for line in board["lines"]}
    assert len(record["record"]["demands"]) == len(board["lines"])


async def closed_book(story: Story) -> dict[str, Any]:
    url = f"{story.world.urls['orders'][0]}/books/{story.window.id}"
    headers = {"Authorization": f"Bearer {story.world.token(story.caller(MANAGER))}"}
    async with httpx.AsyncClient() as client:
        answer = await client.get(url, headers=headers)
    book: dict[str, Any] = answer.json()
    return book if answer.status_code == 200 else {}


async def lines_of(story: Story, order_ids: set[UUID]) -> set[str]:
    manager = story.caller(MANAGER)
    shown = [await story.world.ask(manager, "orders", f"/orders/{order_id}") for order_id in order_ids]
    return {line["line_id"] for order in shown for line in order["lines"]}
