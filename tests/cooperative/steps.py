"""The steps of a collective order, each leaving the database where the next one starts."""

from typing import Any
from uuid import UUID

import httpx

from services.chassis.access import Caller
from services.cooperative.events import LotListed, OrderPlaced
from tests.cooperative.people import CALLS, CLOSES, FIRM, KG, SARI, TUTI, WATI
from tests.cooperative.told import book, committed, held, lot, placed
from tests.harness.service import ServiceUnderTest

Told = dict[str, Any]


def three_lots() -> list[LotListed]:
    """20, 30 and 90 kg."""
    return [lot(SARI, 20 * KG), lot(TUTI, 30 * KG), lot(WATI, 90 * KG)]


async def is_shared(
    cooperative: ServiceUnderTest, *lots: LotListed, order: OrderPlaced | None = None
) -> list[Told]:
    """A closed book of one order (60 kg) is shared; answers the holds wanted."""
    await cooperative.receives(*(lots or three_lots()), order or placed(60 * KG), book())
    await cooperative.falls_due(CLOSES)
    return await cooperative.events("cooperative.hold_wanted.v1")


async def is_offered(cooperative: ServiceUnderTest, *lots: LotListed, left: int = 0) -> dict[UUID, Told]:
    """All holds are granted; answers the offers by seller."""
    wanted = await is_shared(cooperative, *lots)
    await cooperative.receives(*[held(one, left=left) for one in wanted])
    return by_seller(await cooperative.events("cooperative.share_offered.v1"))


async def is_accepted(cooperative: ServiceUnderTest, *lots: LotListed) -> dict[UUID, Told]:
    """Everyone said yes, so the round is closed; answers the offers by seller."""
    offers = await is_offered(cooperative, *lots)
    for seller, offer in offers.items():
        await says(cooperative, CALLS[seller], offer, 1)
    await cooperative.falls_due()
    return offers


async def is_firm(cooperative: ServiceUnderTest, *lots: LotListed) -> list[Told]:
    """The window is firm; answers the commitments wanted."""
    await is_accepted(cooperative, *lots)
    await cooperative.falls_due(FIRM)
    return await cooperative.events("cooperative.commit_wanted.v1")


async def is_settled(cooperative: ServiceUnderTest, *lots: LotListed) -> None:
    """Catalog committed everything."""
    await cooperative.receives(*[committed(one) for one in await is_firm(cooperative, *lots)])


async def says(
    cooperative: ServiceUnderTest, caller: Caller, share: Told, answer: int, quantity: int | None = None
) -> httpx.Response:
    async with cooperative.client(caller) as client:
        body = {"answer": answer} | ({"quantity": quantity} if quantity else {})
        return await client.post(f"/shares/{share['share_id']}/answer", json=body)


def by_seller(events: list[Told]) -> dict[UUID, Told]:
    return {UUID(event["seller_id"]): event for event in events}


def since(events: list[Told], before: int) -> list[tuple[str, Any]]:
    """Type (without service and version) and quantity of what came after the first so many."""
    return [(event["type"].split(".")[1], event.get("quantity")) for event in events[before:]]


async def reads(cooperative: ServiceUnderTest, caller: Caller, path: str, **headers: str) -> Any:
    async with cooperative.client(caller, **headers) as client:
        response = await client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


async def papers(cooperative: ServiceUnderTest, sharing_id: str) -> tuple[bytes, bytes]:
    """Batch and record as anyone downloads them."""
    async with cooperative.client() as client:
        answers = [await client.get(f"/sharings/{sharing_id}/{name}") for name in ("batch", "record")]
    assert [answer.status_code for answer in answers] == [200, 200]
    return answers[0].content, answers[1].content
