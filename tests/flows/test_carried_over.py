"""A window that is too small, across the four services: its order waits, joins the next one, and is shared there."""

from datetime import timedelta
from typing import Any

import pytest

from demo.people import BASKET_CAP, BASKETS_ORDERED, HOTEL, MANAGER, SELLERS, ZONE
from demo.steps.founding import COMMODITIES, FOUNDING
from demo.steps.listing import LISTING
from demo.story import Story, play
from tests.harness.flows import Villages
from tests.harness.until import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

MORE_THAN_ANYONE_ORDERS = 1_000_000_000


async def announce(story: Story, **more: Any) -> dict[str, Any]:
    """A window that is open for an hour from now on."""
    now = story.world.now()
    wish = {
        "name": "Keranjang",
        "commodities": [story.baskets],
        "delivery_day": str((now + timedelta(days=3)).date()),
        "opens_at": (now - timedelta(minutes=5)).isoformat(),
        "closes_at": (now + timedelta(hours=1)).isoformat(),
        "answer_by": (now + timedelta(hours=5)).isoformat(),
        "round_minutes": 60,
        "firm_at": (now + timedelta(hours=12)).isoformat(),
        "time_zone": ZONE,
    }
    made = await story.world.tell(story.caller(MANAGER), "cooperative", "/windows", wish | more)
    announced: dict[str, Any] = made
    return announced


async def order_of(story: Story, order_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = await story.world.ask(story.caller(HOTEL), "orders", f"/orders/{order_id}")
    return shown


async def heard(story: Story) -> list[str]:
    return [told["template"] for told in await story.messages(HOTEL)]


async def test_an_order_of_a_window_too_small_waits_and_is_shared_in_the_next_and_only_its_buyer_hears(
    story: Story, running: Villages
) -> None:
    await play(story, (FOUNDING, COMMODITIES, LISTING), lambda _number, _step: None)
    small = await announce(story, smallest_total=MORE_THAN_ANYONE_ORDERS, if_too_small="carry_over")
    await running.quiet()
    line = {"commodity_id": story.baskets, "quantity": BASKETS_ORDERED, "cap": BASKET_CAP}
    path = f"/cooperatives/{story.cooperative_id}/orders"
    placed = await story.world.tell(story.caller(HOTEL), "orders", path, {"lines": [line]})

    await story.world.tell(story.caller(MANAGER), "cooperative", f"/windows/{small['id']}/close", {})

    async def carried() -> bool:
        return bool((await order_of(story, placed["id"]))["status"] == "waiting")

    await until(carried, what="the order waits")
    following = await announce(story)

    async def joined() -> bool:
        return bool((await order_of(story, placed["id"]))["window_id"] == following["id"])

    await until(joined, what="the order joins the next window")
    await running.quiet()
    before_sharing = {person.short: len(await story.messages(person)) for person in SELLERS}
    story.world.move_to(story.world.now() + timedelta(hours=1))

    async def shared() -> list[Any]:
        return await story.world.all(
            story.caller(MANAGER), "cooperative", "/sharings", window_id=following["id"]
        )

    await until(shared, what="the next window is shared")
    assert placed["window_id"] == small["id"]
    assert await heard(story) == ["order_placed", "order_waiting", "order_changed"]
    assert set(before_sharing.values()) == {1}
    board = await story.world.ask(story.caller(MANAGER), "cooperative", f"/windows/{following['id']}/board")
    assert [(one["order_id"], one["ordered"]) for one in board["lines"]] == [(placed["id"], BASKETS_ORDERED)]
