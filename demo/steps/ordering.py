"""A window is announced, three buyers order in it, and its book closes by itself."""

from datetime import datetime, timedelta
from typing import Any

from demo.people import (
    BASKET_CAP,
    BASKETS_ORDERED,
    BUYERS,
    CHEAP_CAP,
    CHEAP_CHILLI,
    CHILLI_CAP,
    CHILLI_ORDERED,
    HOTEL,
    KITCHEN,
    MANAGER,
    STALL,
    ZONE,
)
from demo.story import Step, Story, Window
from demo.watch import observed
from services.chassis.wording import day, moment


async def announce(story: Story) -> None:
    now = story.world.now()
    wish = {
        "name": "Panen Cipari",
        "commodities": [story.chilli, story.baskets],
        "delivery_day": str(story.delivery_day),
        "opens_at": (now - timedelta(minutes=5)).isoformat(),
        "closes_at": (now + timedelta(hours=12)).isoformat(),
        "answer_by": (now + timedelta(hours=20)).isoformat(),
        "round_minutes": 120,
        "firm_at": (now + timedelta(hours=36)).isoformat(),
        "time_zone": ZONE,
    }
    made = await story.world.tell(story.caller(MANAGER), "cooperative", "/windows", wish)
    times = (datetime.fromisoformat(made[name]) for name in ("closes_at", "answer_by", "firm_at"))
    story.window = Window(made["id"], *times)


async def see_announced(story: Story) -> None:
    async def look() -> list[Any]:
        open_windows = await story.world.all(story.caller(KITCHEN), "orders", "/windows")
        return [one for one in open_windows if one["id"] == story.window.id and len(one["commodities"]) == 2]

    (window,) = await observed("orders shows the window", look)
    until, delivery = moment(story.window.closes_at, ZONE, "en"), day(story.delivery_day, "en")
    story.say(f"window {window['code']}: orders until {until}, delivery on {delivery}")


async def order(story: Story) -> None:
    chilli = {"commodity_id": story.chilli, "grade": "A", "quantity": CHILLI_ORDERED, "cap": CHILLI_CAP}
    baskets = {"commodity_id": story.baskets, "quantity": BASKETS_ORDERED, "cap": BASKET_CAP}
    cheap = {"commodity_id": story.chilli, "grade": "A", "quantity": CHEAP_CHILLI, "cap": CHEAP_CAP}
    for buyer, line in ((KITCHEN, chilli), (HOTEL, baskets), (STALL, cheap)):
        wish = {"window_id": story.window.id, "lines": [line]}
        placed = await story.world.tell(story.caller(buyer), "orders", "/orders", wish)
        story.orders[buyer.short] = placed["id"]
        for notice in placed["notices"]:
            story.say(f"{buyer.name} is warned at once: {notice['sentence']}")


async def see_ordered(story: Story) -> None:
    await story.tell(dict.fromkeys(BUYERS, 1), "order_placed")


async def let_book_close(story: Story) -> None:
    story.world.move_to(story.window.closes_at)


async def see_shared(story: Story) -> None:
    """Catalog holds the stock first, then the sellers are asked; who has nothing of the wanted grade is not."""
    published = await observed("the sharing is published", lambda: sharings(story))
    await observed("every share is offered", lambda: all_offered(story, 1))
    story.asked[1] = await story.shares()
    asked = story.asked_in(1)
    story.say(
        f"the sharing's record has the hash {published[0]['record_hash'][:16]}…; {len(asked)} sellers are asked"
    )
    await story.tell(asked, "share_offered")


async def sharings(story: Story) -> list[Any]:
    """The published sharings of the window, as its manager sees them."""
    return await story.world.all(story.caller(MANAGER), "cooperative", "/sharings", window_id=story.window.id)


async def all_offered(story: Story, round_number: int) -> bool:
    """Whether the sharing's shares of a round all have stock behind them."""
    shares = [one for one in await story.shares() if one["round"] == round_number]
    return bool(shares) and all(one["status"] != "wanted" for one in shares)


ANNOUNCED = Step("The manager announces an order window", announce, see_announced)
ORDERED = Step(
    "A kitchen orders 500 kg of chilli, a hotel 40 baskets, a stall chilli too cheaply",
    order,
    see_ordered,
)
BOOK_CLOSED = Step("Twelve hours later the book closes by itself, and is shared", let_book_close, see_shared)
