"""An order that cooperative cannot take in, in the running services: replayed once the bug is gone, or given up."""

from collections.abc import Sequence
from typing import Any

import pytest

from demo.people import HOTEL, KITCHEN, MANAGER
from demo.steps.founding import COMMODITIES, FOUNDING
from demo.steps.listing import LISTING
from demo.steps.ordering import ANNOUNCED, BOOK_CLOSED, ORDERED
from demo.story import Story, play
from services.chassis.parked import Operator, Parked
from services.chassis.tx import Tx
from services.cooperative import queries
from services.cooperative.queries import OrderTold
from tests.chassis.broker import read_all
from tests.flows.ending import ending
from tests.harness.flows import Villages
from tests.harness.until import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOPIC = "orders.orders"
RINI = Operator("rini", "story of the test")


def operating(running: Villages) -> Parked:
    cooperative = running.running["cooperative"]
    return Parked(cooperative.database, cooperative.reactions)


def breaks_at(buyer_id: object, bug: pytest.MonkeyPatch) -> None:
    """Cooperative's handler has a bug that this buyer's orders bring out."""
    one, many = queries.keep_order, queries.keep_orders

    async def keep_order(tx: Tx, told: OrderTold) -> None:
        if told.buyer_id == buyer_id:
            raise ValueError("a bug")
        await one(tx, told)

    async def keep_orders(tx: Tx, told: Sequence[OrderTold]) -> None:
        if buyer_id in {each.buyer_id for each in told}:
            raise ValueError("a bug")
        await many(tx, told)

    bug.setattr(queries, "keep_order", keep_order)
    bug.setattr(queries, "keep_orders", keep_orders)


async def board(story: Story) -> dict[str, Any]:
    path = f"/windows/{story.window.id}/board"
    shown: dict[str, Any] = await story.world.ask(story.caller(MANAGER), "cooperative", path)
    return shown["book"]  # type: ignore[no-any-return]


async def ordered_with_a_bug(story: Story, running: Villages, bug: pytest.MonkeyPatch) -> str:
    """The hotel's order is parked at cooperative, and nowhere else; answers its id."""
    await play(story, (FOUNDING, COMMODITIES, LISTING, ANNOUNCED), lambda _number, _step: None)
    await running.quiet()
    breaks_at(story.caller(HOTEL).subject, bug)
    await play(story, (ORDERED,), lambda _number, _step: None)
    await running.quiet()
    return story.orders[HOTEL.short]


async def test_an_order_given_up_goes_short_the_others_are_shared_and_the_buyer_is_told(
    story: Story, running: Villages, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = await ordered_with_a_bug(story, running, monkeypatch)
    await BOOK_CLOSED.do(story)
    waiting = await until(lambda: waits(story), what="the book waits for the hotel's order")
    assert [one["order_id"] for one in waiting] == [order_id]

    assert await operating(running).discard((TOPIC, order_id), RINI) == 1

    await until(lambda: shared_without(story, order_id), what="the book is shared without it")
    await running.quiet()
    shown = await story.world.ask(story.caller(HOTEL), "orders", f"/orders/{order_id}")
    assert (shown["status"], shown["lines"][0]["reason"]) == ("short", "LEFT_OUT")
    assert (await story.messages(HOTEL))[-1]["template"] == "order_ended_short"
    assert "order_ended_short" not in {one["template"] for one in await story.messages(KITCHEN)}
    (letter,) = [
        one
        for one in await read_all(story.world.kafka, "cooperative.dead-letters")
        if one.key == order_id.encode()
    ]
    told = dict(letter.headers)
    assert (told["lumbung_service"], told["lumbung_count"]) == (b"cooperative", b"1")
    assert b"a bug" in told["lumbung_cause"]
    (sent,) = [one for one in await read_all(story.world.kafka, TOPIC) if one.key == order_id.encode()][:1]
    assert (letter.value, letter.headers[: len(sent.headers)]) == (sent.value, sent.headers)


async def waits(story: Story) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = (await board(story))["waits_for"]
    return told


async def shared_without(story: Story, order_id: str) -> bool:
    told = await board(story)
    return bool(told["state"] == "shared" and told["left_out"] == [order_id])


async def test_an_order_replayed_after_the_bug_is_gone_is_shared_like_any_other(
    story: Story, running: Villages, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = await ordered_with_a_bug(story, running, monkeypatch)
    await cancel(story, order_id)
    await running.quiet()
    monkeypatch.undo()

    done = await operating(running).replay((TOPIC, order_id), RINI)
    await BOOK_CLOSED.do(story)

    assert done == (2, "")
    await until(lambda: shared_without_waiting(story), what="the book is shared")
    await running.quiet()
    assert (await ending(story))["lines"][HOTEL.short] == [(None, None)]


async def cancel(story: Story, order_id: str) -> None:
    wish = {"reason": "Acara hotel diundur"}
    await story.world.tell(story.caller(HOTEL), "orders", f"/orders/{order_id}/cancel", wish)


async def shared_without_waiting(story: Story) -> bool:
    told = await board(story)
    return bool((told["state"], told["left_out"], told["orders"]) == ("shared", [], 2))
