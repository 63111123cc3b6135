"""Who sees what of the lots, and how they are found."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.catalog.domain import Packed, list_lot
from services.chassis.access import Caller
from tests.catalog.people import (
    ASSISTANT,
    BASKET,
    BUYER,
    CHILLI,
    CISURU,
    COOPERATIVE,
    KG,
    LOT,
    MANAGER,
    NOON,
    OTHER_COOPERATIVE,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    TUTI_CALLS,
    basket,
    chilli,
    chilli_offer,
    stored_lot,
)
from tests.harness.service import ServiceUnderTest

SACKS, SECOND_GRADE, BASKETS, OLD = (UUID(int=LOT.int + number) for number in range(1, 5))
ASSISTANT_OF_SERANG = Caller(ASSISTANT, "assistant", (SERANG,), COOPERATIVE)
ASSISTANT_OF_CISURU = Caller(ASSISTANT, "assistant", (CISURU,), COOPERATIVE)
OTHER_MANAGER = Caller(MANAGER.subject, "manager", (), OTHER_COOPERATIVE)


@pytest.fixture
async def market(catalog: ServiceUnderTest) -> ServiceUnderTest:
    """Sari's two lots of chilli and one that is past its day, Tuti's sacks, and baskets of Cisuru."""
    catalog.moves_to(NOON)
    tutis = replace(chilli_offer(Packed("karung", 2)), seller_id=TUTI)
    baskets = replace(chilli_offer(15, None), ready_on=None, expires_on=None, seller_id=TUTI, village=CISURU)
    past = replace(chilli_offer(), ready_on=NOON.date().replace(day=1), expires_on=NOON.date().replace(day=2))
    async with catalog.tx() as tx:
        tx.add(list_lot(LOT, chilli(), chilli_offer(), NOON)[0])
        tx.add(list_lot(SACKS, chilli(), tutis, NOON)[0])
        tx.add(list_lot(SECOND_GRADE, chilli(), chilli_offer(grade="B"), NOON)[0])
        tx.add(list_lot(BASKETS, basket(), baskets, NOON)[0])
        tx.add(list_lot(OLD, chilli(), past, NOON.replace(day=1))[0])
    return catalog


async def found(catalog: ServiceUnderTest, caller: Caller, **wanted: Any) -> list[UUID]:
    async with catalog.client(caller) as client:
        answer = await client.get("/lots", params=wanted)
    assert answer.status_code == 200, answer.text
    return [UUID(lot["id"]) for lot in answer.json()["items"]]


@pytest.mark.parametrize(
    ("wanted", "lots"),
    [
        ({}, [OLD, BASKETS, SECOND_GRADE, SACKS, LOT]),
        ({"commodity_id": str(BASKET)}, [BASKETS]),
        ({"village": SERANG, "available": True}, [SECOND_GRADE, SACKS, LOT]),
        ({"commodity_id": str(CHILLI), "grade": "B"}, [SECOND_GRADE]),
    ],
)
async def test_lots_are_found_newest_first_by_what_they_are(
    market: ServiceUnderTest, wanted: dict[str, Any], lots: list[UUID]
) -> None:
    assert await found(market, BUYER, **wanted) == lots


async def test_only_lots_with_something_left_are_available(market: ServiceUnderTest) -> None:
    async with market.client(SARI_CALLS) as sari:
        await sari.post(f"/lots/{LOT}/withdrawal", json={"reason": "Sudah laku"})
        await sari.post(f"/lots/{SECOND_GRADE}/corrections", json={"change": -50 * KG, "reason": "Busuk"})

    assert await found(market, BUYER, available=True) == [BASKETS, SACKS]


@pytest.mark.parametrize(
    ("hour_in_utc", "lots"), [(16, [BASKETS, SECOND_GRADE, SACKS, LOT]), (17, [BASKETS])]
)
async def test_a_lot_is_available_until_its_last_day_ends_in_the_village(
    market: ServiceUnderTest, hour_in_utc: int, lots: list[UUID]
) -> None:
    market.moves_to(NOON.replace(day=29, hour=hour_in_utc))

    assert await found(market, BUYER, available=True) == lots


@pytest.mark.parametrize(
    ("caller", "seller", "lots"),
    [
        (SARI_CALLS, SARI, [OLD, SECOND_GRADE, LOT]),
        (TUTI_CALLS, SARI, []),
        (BUYER, SARI, []),
        (MANAGER, TUTI, [BASKETS, SACKS]),
        (OTHER_MANAGER, TUTI, []),
        (ASSISTANT_OF_SERANG, TUTI, [SACKS]),
        (ASSISTANT_OF_CISURU, TUTI, [BASKETS]),
    ],
)
async def test_a_sellers_lots_are_found_only_by_those_who_may_know_the_seller(
    market: ServiceUnderTest, caller: Caller, seller: UUID, lots: list[UUID]
) -> None:
    assert await found(market, caller, seller_id=str(seller)) == lots


async def test_lots_come_in_pages_and_a_lot_listed_meanwhile_moves_none(market: ServiceUnderTest) -> None:
    async with market.client(BUYER) as buyer:
        first = (await buyer.get("/lots", params={"limit": 2})).json()
        async with market.tx() as tx:
            tx.add(list_lot(UUID(int=LOT.int + 9), chilli(), chilli_offer(), NOON)[0])
        second = (await buyer.get("/lots", params={"limit": 2, "cursor": first["next"]})).json()
        third = (await buyer.get("/lots", params={"limit": 2, "cursor": second["next"]})).json()

    pages = [[UUID(lot["id"]) for lot in page["items"]] for page in (first, second, third)]
    assert pages == [[OLD, BASKETS], [SECOND_GRADE, SACKS], [LOT]]
    assert third["next"] is None


@pytest.mark.parametrize(
    ("caller", "knows"),
    [
        (SARI_CALLS, True),
        (ASSISTANT_OF_SERANG, True),
        (MANAGER, True),
        (TUTI_CALLS, False),
        (ASSISTANT_OF_CISURU, False),
        (OTHER_MANAGER, False),
        (BUYER, False),
    ],
)
async def test_everyone_sees_a_lot_but_only_some_may_know_its_seller_and_its_story(
    catalog: ServiceUnderTest, caller: Caller, knows: bool
) -> None:
    await stored_lot(catalog, 50 * KG)

    async with catalog.client(caller) as client:
        lot = await client.get(f"/lots/{LOT}")
        story = await client.get(f"/lots/{LOT}/timeline")

    assert (lot.status_code, lot.json()["available"]) == (200, 50 * KG)
    assert lot.json()["seller_id"] == (str(SARI) if knows else None)
    assert story.status_code == (200 if knows else 404)


async def test_a_lot_that_nobody_listed_is_not_there(catalog: ServiceUnderTest) -> None:
    async with catalog.client(BUYER) as buyer:
        answers = [await buyer.get(f"/lots/{LOT}"), await buyer.get(f"/lots/{LOT}/timeline")]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_nobody_reads_without_a_token(catalog: ServiceUnderTest) -> None:
    async with catalog.client() as nobody:
        answers = [await nobody.get(path) for path in ("/lots", f"/lots/{LOT}", "/commodities")]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
