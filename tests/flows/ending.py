"""How a story ended, told so that two endings can be compared."""

import re
from typing import Any

from demo.people import BUYERS, SELLERS
from demo.story import Story

_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_WHEN = re.compile(
    r"(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu),? |\b\d{1,2} [A-Z][a-z]+( \d{4})?\b|\b\d{2}[.:]\d{2}\b"
)

Ending = dict[str, dict[Any, Any]]


async def ending(story: Story) -> Ending:
    """Stock of every lot, every share, every line, every message; no ids, no dates.

    Messages are sorted: facts about different shares or orders have no order among each other.
    """
    return {
        "lots": {seller.short: _stock(await story.lot(seller)) for seller in SELLERS},
        "shares": dict(_share(story, share) for share in await story.shares()),
        "lines": {
            buyer.short: await _lines(story, story.orders[buyer.short], buyer.short) for buyer in BUYERS
        },
        "messages": {person.short: await _messages(story, person) for person in (*SELLERS, *BUYERS)},
    }


def _stock(lot: dict[str, Any]) -> dict[str, int]:
    return {
        name: lot[name] for name in ("listed", "corrections", "available", "held", "committed", "collected")
    }


def _share(story: Story, share: dict[str, Any]) -> tuple[tuple[str, int], tuple[str, int]]:
    return (story.seller_of(share).short, share["round"]), (share["status"], share["quantity"])


async def _lines(story: Story, order_id: str, buyer: str) -> list[tuple[int, int]]:
    caller = story.caller(next(one for one in BUYERS if one.short == buyer))
    shown = await story.world.ask(caller, "orders", f"/orders/{order_id}")
    return [(line["filled"], line["missing"]) for line in shown["lines"]]


async def _messages(story: Story, person: Any) -> list[tuple[str, str]]:
    return sorted((told["template"], _timeless(told["text"])) for told in await story.messages(person))


def _timeless(message: str) -> str:
    return _WHEN.sub("~", _CODE.sub("####-####", message))
