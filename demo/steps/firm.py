"""Firm: holds become commitments, buyers are told line by line, and every kilogram is counted."""

from typing import Any

from demo.people import BASKETS_ORDERED, BUYERS, CHILLI_ORDERED, HOTEL, KITCHEN, SELLERS, Person
from demo.story import Step, Story
from demo.watch import observed


async def let_firm_come(story: Story) -> None:
    story.world.move_to(story.window.firm_at)


async def see_committed(story: Story) -> None:
    for told in await story.told(_bringing(story), "share_committed"):
        story.say(f"[dim]{story.name_of(told['person_id'])}:[/] {told['text']}")
    for told in await story.told(BUYERS, "line_filled"):
        story.say(f"[dim]{story.name_of(told['person_id'])}:[/] {told['text']}")
    for buyer in BUYERS:
        await _tell_order(story, buyer)


def _bringing(story: Story) -> list[Person]:
    return [one for one in SELLERS if one.says in {1, 2} and str(story.ids[one.short]) in story.asked[1]]


async def _tell_order(story: Story, buyer: Person) -> None:
    order_id = story.orders[buyer.short]

    async def look() -> bool:
        shown = await story.world.ask(story.caller(buyer), "orders", f"/orders/{order_id}")
        return all(line["filled"] is not None for line in shown["lines"])

    await observed(f"each line of {buyer.name} is told", look)
    story.say(f"[bold]{buyer.name}[/], the order's timeline:")
    for entry in await story.world.ask(story.caller(buyer), "orders", f"/orders/{order_id}/timeline"):
        story.say(f"   {entry['at'][:16].replace('T', ' ')}  {entry['sentences']['id']}")


async def nothing(_: Story) -> None:
    """The sums are over what is there."""


async def see_totals(story: Story) -> None:
    """Through the services' HTTP alone: every unit promised once, no stock below zero."""
    lots = [await story.lot(seller) for seller in SELLERS]
    for lot in lots:
        check_lot(lot)
    committed = {story.chilli: 0, story.baskets: 0}
    for lot in lots:
        committed[lot["commodity_id"]] += lot["committed"]
    told = {buyer.short: await _filled(story, buyer) for buyer in BUYERS}
    expected = {KITCHEN.short: committed[story.chilli], HOTEL.short: committed[story.baskets]}
    if told != expected or told != {KITCHEN.short: CHILLI_ORDERED, HOTEL.short: BASKETS_ORDERED}:
        raise AssertionError(f"told {told}, committed {expected}")
    story.say(f"catalog has committed {committed[story.chilli] // 1000} kg and {committed[story.baskets]} baskets; "
              "orders has told the same, unit for unit; no lot is below zero")  # fmt: skip


def check_lot(lot: dict[str, Any]) -> None:
    """available + held + committed + collected = listed + corrections, none negative (DESIGN section 7)."""
    parts = [lot[name] for name in ("available", "held", "committed", "collected")]
    if sum(parts) != lot["listed"] + lot["corrections"] or min(parts) < 0:
        raise AssertionError(f"the stock of lot {lot['code']} does not add up: {lot}")


async def _filled(story: Story, buyer: Person) -> int:
    shown = await story.world.ask(story.caller(buyer), "orders", f"/orders/{story.orders[buyer.short]}")
    return sum(line["filled"] for line in shown["lines"])


COMMITTED = Step("Firm: holds become commitments, the buyers are told", let_firm_come, see_committed)
TOTALS = Step("Every kilogram is promised once", nothing, see_totals)
