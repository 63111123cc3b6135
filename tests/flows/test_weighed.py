"""What is weighed after the story, across the four services: counted in catalog, told to sellers and buyers."""

from collections import Counter
from typing import Any

import pytest

from demo.people import BUYERS, KG, MANAGER, SELLERS
from demo.steps import STEPS
from demo.story import Story, play
from services.chassis.ids import new_id
from tests.harness.flows import Villages

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def brought(story: Story) -> dict[str, int]:
    """Per lot code what catalog has committed of it."""
    found = Counter[str]()
    for share in await story.shares():
        if share["status"] == "committed":
            found[share["lot_code"]] += share["quantity"]
    return dict(found)


def entry(story: Story, code: str, weighed: int, grade: str | None) -> dict[str, Any]:
    known = {"entry_id": str(new_id()), "lot_code": code, "gross": weighed, "tare": 0, "grade": grade}
    return known | {"at": story.world.now().isoformat(timespec="seconds")}


async def outcome(story: Story) -> dict[str, int]:
    """What all buyers get of each commodity."""
    total = Counter[str]()
    for buyer in BUYERS:
        order = f"/orders/{story.orders[buyer.short]}"
        shown = await story.world.ask(story.caller(buyer), "orders", order)
        for line in shown["lines"]:
            total[line["commodity_id"]] += line["filled"]
    return dict(total)


async def test_what_the_scales_say_is_what_catalog_counts_and_buyers_and_sellers_are_told(
    story: Story, running: Villages
) -> None:
    await play(story, STEPS, lambda _number, _step: None)
    await running.quiet()
    before, promised = await outcome(story), await brought(story)
    lots = {lot["code"]: lot for lot in [await story.lot(seller) for seller in SELLERS]}
    short = next(code for code in sorted(promised) if lots[code]["commodity_id"] == story.chilli)
    weighed = promised | {short: promised[short] - KG}

    entries = [entry(story, code, weighed[code], lots[code]["grade"]) for code in sorted(weighed)]
    sent = {"device": "HP Pak Darto", "entries": entries}
    for _ in range(2):  # the answer was lost on the way, so the phone sends all of it again
        path = f"/windows/{story.window.id}/weigh-ins"
        await story.world.tell(story.caller(MANAGER), "cooperative", path, sent)
    await running.quiet()

    after = {lot["code"]: lot for lot in [await story.lot(seller) for seller in SELLERS]}
    assert {code: (after[code]["collected"], after[code]["committed"]) for code in weighed} == {
        code: (weight, 0) for code, weight in weighed.items()
    }
    assert await outcome(story) == before | {story.chilli: before[story.chilli] - KG}
    told = Counter({buyer.short: len(await _collected(story, buyer)) for buyer in BUYERS})
    assert told.total() == 1
    heard = {seller.short for seller in SELLERS if await _weighed(story, seller)}
    assert heard == {seller.short for seller in SELLERS if lots_of(story, seller, lots) & weighed.keys()}


def lots_of(story: Story, seller: Any, lots: dict[str, Any]) -> set[str]:
    return {code for code, lot in lots.items() if lot["id"] == story.lots[seller.short]}


async def _collected(story: Story, person: Any) -> list[Any]:
    return [one for one in await story.messages(person) if one["template"] == "line_collected"]


async def _weighed(story: Story, person: Any) -> list[Any]:
    return [one for one in await story.messages(person) if one["template"] == "lot_weighed"]
