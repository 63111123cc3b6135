"""Firm: holds become commitments, buyers are told line by line, and every kilogram is counted."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from demo.people import BUYERS, HOTEL, KG, KITCHEN, SELLERS, STALL, ZONE, Person
from demo.story import Step, Story
from demo.watch import observed
from services.chassis.wording import moment


async def let_firm_come(story: Story) -> None:
    story.world.move_to(story.window.firm_at)


async def see_committed(story: Story) -> None:
    await story.tell(_bringing(story), "share_committed")
    await story.tell({KITCHEN: 1, HOTEL: 1}, "line_filled")
    await story.tell({STALL: 1}, "line_short")
    for buyer in BUYERS:
        await _tell_order(story, buyer)


def _bringing(story: Story) -> Counter[Person]:
    """Who accepted how many shares."""
    first = {one: count for one, count in story.asked_in(1).items() if one.says in {1, 2}}
    return Counter(first) + story.asked_in(2)


async def _tell_order(story: Story, buyer: Person) -> None:
    order_id = story.orders[buyer.short]

    async def look() -> bool:
        shown = await story.world.ask(story.caller(buyer), "orders", f"/orders/{order_id}")
        return all(line["filled"] is not None for line in shown["lines"])

    await observed(f"each line of {buyer.name} is told", look)
    story.say(f"[bold]{buyer.name}[/], the order's timeline:")
    for entry in await story.world.ask(story.caller(buyer), "orders", f"/orders/{order_id}/timeline"):
        story.say(f"   {moment(datetime.fromisoformat(entry['at']), ZONE, 'id')}  {entry['sentences']['id']}")


async def nothing(_: Story) -> None:
    """The sums are over what is there."""


async def see_totals(story: Story) -> None:
    """Through the services' HTTP alone: every unit ever promised is committed once, no stock is below zero."""
    lots = [lot for seller in SELLERS for lot in await _lots(story, seller)]
    for lot in lots:
        check_lot(lot)
    committed = _sums((lot["commodity_id"], lot["committed"]) for lot in lots)
    lines = [line for buyer in BUYERS for line in await _lines(story, buyer)]
    told = _sums((line["commodity_id"], line["filled"]) for line in lines)
    if told != committed:
        raise AssertionError(f"orders told {told}, catalog committed {committed}")
    story.say(f"catalog has committed {told[story.chilli] // KG} kg and {told[story.baskets]} baskets of {len(lots)} "
              "lots in all; orders has told the same, unit for unit; no lot is below zero")  # fmt: skip


async def _lots(story: Story, seller: Person) -> list[Any]:
    return await story.world.all(
        story.voice(seller), "catalog", "/lots", seller_id=str(story.ids[seller.short])
    )


async def _lines(story: Story, buyer: Person) -> list[Any]:
    orders = await story.world.all(story.caller(buyer), "orders", "/orders")
    return [line for order in orders for line in order["lines"] if line["filled"]]


def _sums(parts: Iterable[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, quantity in parts:
        sums[name] += quantity
    return sums


def check_lot(lot: dict[str, Any]) -> None:
    """available + held + committed + collected = listed + corrections, none negative (DESIGN section 7)."""
    parts = [lot[name] for name in ("available", "held", "committed", "collected")]
    if sum(parts) != lot["listed"] + lot["corrections"] or min(parts) < 0:
        raise AssertionError(f"the stock of lot {lot['code']} does not add up: {lot}")


COMMITTED = Step(
    "Firm: holds become commitments, the buyers are told what is filled and what is short",
    let_firm_come,
    see_committed,
)
TOTALS = Step("Every kilogram is promised once", nothing, see_totals)
