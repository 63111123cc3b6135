"""An order that has lived through something, its link, and its page as a stranger sees it."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import httpx

from tests.harness.service import ServiceUnderTest
from tests.orders.facts import answered, chilli_body, filled, places, short
from tests.orders.people import BASKET, CLOSES, DEWI_CALLS, KG

BASKETS = {"commodity_id": str(BASKET), "quantity": 40, "cap": 90_000}
ADDRESS = "198.51.100.7"
FIRM = CLOSES + timedelta(hours=24)
OVER = datetime(2026, 12, 28, 17, 0, tzinfo=UTC)
"""Midnight after the 30th day after the delivery day, in Cipari."""


async def lives_through(orders: ServiceUnderTest) -> str:
    """An order that was placed, changed, closed in the book, filled in one line and short in the other: its id."""
    placed = await places(orders, DEWI_CALLS, chilli_body(600 * KG))
    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        changed = answered(
            await client.put(f"/orders/{placed['id']}", json={"lines": [chilli_body(), BASKETS]})
        )
    await orders.falls_due(CLOSES)
    chilli, baskets = (UUID(line["line_id"]) for line in changed["lines"])
    told = filled(chilli, UUID(placed["id"])), short(baskets, UUID(placed["id"]))
    await orders.receives(*told, at=FIRM)
    return str(placed["id"])


async def link_to(orders: ServiceUnderTest, order_id: str) -> dict[str, Any]:
    """A new link to the order, as its buyer is answered."""
    async with orders.client(DEWI_CALLS) as client:
        made: dict[str, Any] = answered(await client.post(f"/orders/{order_id}/tracking"), 201)
    return made


async def linked(orders: ServiceUnderTest) -> dict[str, Any]:
    """A link to an order just placed."""
    return await link_to(orders, (await places(orders))["id"])


async def opens(
    orders: ServiceUnderTest, path: str, address: str = ADDRESS, language: str = "id", **headers: str
) -> httpx.Response:
    """What a browser somewhere is answered, without any token."""
    sent = {"Accept-Language": language, **headers}
    transport = httpx.ASGITransport(orders.app, raise_app_exceptions=False, client=(address, 40_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=sent) as stranger:
        return await stranger.get(path)


async def page_of(orders: ServiceUnderTest, order_id: str, language: str = "id") -> httpx.Response:
    """The page of an order by a new link to it."""
    shown = await opens(orders, (await link_to(orders, order_id))["path"], language=language)
    assert shown.status_code == 200
    return shown


async def changes(orders: ServiceUnderTest, order_id: str, version: int, *kg: int) -> None:
    """The buyer wants so many kilograms instead, a line each."""
    async with orders.client(DEWI_CALLS, **{"If-Match": f'"{version}"'}) as client:
        lines = [chilli_body(one * KG) for one in kg]
        answered(await client.put(f"/orders/{order_id}", json={"lines": lines}))


class Read(HTMLParser):
    """A page as a person reads it: its texts in order, and which tags and attributes carry them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags[-1] not in {"style", "script"}:
            self.texts.append(data.strip())
