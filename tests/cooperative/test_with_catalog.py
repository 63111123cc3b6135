"""Cooperative and catalog, each on its own database, told of each other's facts by hand: promised once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

from infra.stack import Stack
from services.catalog import events as read_by_catalog
from services.catalog.app import SERVICE as CATALOG
from services.chassis.event import Event
from services.cooperative import events as read_by_cooperative
from services.cooperative.events import BookClosed, OrderPlaced
from tests.catalog.people import chilli_listed, chilli_offer
from tests.cooperative.people import (
    ANSWER_BY,
    CLOSES,
    FIRM,
    KG,
    NOON,
    OTHER_LINE,
    OTHER_ORDER,
    SARI_CALLS,
    window,
)
from tests.cooperative.steps import says
from tests.cooperative.test_weighing_api import entry, sends
from tests.cooperative.told import book, placed
from tests.harness.service import ServiceUnderTest, under_test

OTHER_WINDOW = UUID("01920000-0000-7000-8000-00000000aa02")
OFFERED = "cooperative.share_offered.v1"


@pytest.fixture
async def catalog(stack: Stack, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    folder = tmp_path / "catalog"
    folder.mkdir()
    async with under_test(stack, CATALOG, folder) as service:
        service.moves_to(NOON)
        await service.receives(chilli_listed())
        yield service


def known(module: ModuleType) -> dict[str, type[Event]]:
    found = (one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Event))
    return {one.type: one for one in found if one is not Event}


async def hears(listener: ServiceUnderTest, teller: ServiceUnderTest, module: ModuleType) -> None:
    """Everything told so far, again too: what is told twice is heard once."""
    types = known(module)
    told = [types[one["type"]].model_validate(one) for one in await teller.events() if one["type"] in types]
    await listener.receives(*told)


async def talk(cooperative: ServiceUnderTest, catalog: ServiceUnderTest) -> None:
    await hears(catalog, cooperative, read_by_catalog)
    await hears(cooperative, catalog, read_by_cooperative)


async def lists(catalog: ServiceUnderTest, quantity: int) -> str:
    """Bu Sari's lot; answers its address."""
    offer = chilli_offer()
    body = {
        "commodity_id": str(chilli_listed().commodity_id),
        "village": offer.village,
        "quantity": quantity,
        "price": offer.price,
        "grade": offer.grade,
        "ready_on": str(offer.ready_on),
        "expires_on": str(offer.expires_on),
    }
    async with catalog.client(SARI_CALLS) as client:
        listed = await client.post("/lots", json=body)
    assert listed.status_code == 201, listed.text
    return f"/lots/{listed.json()['id']}"


async def stock(catalog: ServiceUnderTest, lot: str) -> tuple[int, int, int]:
    """Available, held, committed."""
    async with catalog.client(SARI_CALLS) as client:
        seen = (await client.get(lot)).json()
    return seen["available"], seen["held"], seen["committed"]


def other(told: OrderPlaced | BookClosed) -> OrderPlaced | BookClosed:
    return told.model_copy(update={"window_id": OTHER_WINDOW})


async def test_two_windows_that_want_one_lot_are_promised_it_once(
    cooperative: ServiceUnderTest, catalog: ServiceUnderTest
) -> None:
    lot = await lists(catalog, 50 * KG)
    async with cooperative.tx() as tx:
        second = window(id=OTHER_WINDOW)
        second.announced(NOON)
        tx.add(second)
        await tx.schedule("firm", OTHER_WINDOW, FIRM)
    await talk(cooperative, catalog)
    await cooperative.receives(placed(40 * KG), book())
    await cooperative.receives(other(placed(40 * KG, OTHER_ORDER, OTHER_LINE)), other(book((OTHER_ORDER, 1))))

    await cooperative.falls_due(CLOSES)
    await talk(cooperative, catalog)
    held = await stock(catalog, lot)
    for offer in await cooperative.events(OFFERED):
        assert (await says(cooperative, SARI_CALLS, offer, 1)).status_code == 200
    await cooperative.falls_due(FIRM)
    await talk(cooperative, catalog)

    outcomes = await cooperative.events("cooperative.line_filled.v1", "cooperative.line_short.v1")
    assert held == (0, 50 * KG, 0)
    assert await stock(catalog, lot) == (0, 0, 50 * KG)
    assert sorted(outcome["filled"] for outcome in outcomes) == [10 * KG, 40 * KG]
    assert {outcome["window_id"] for outcome in outcomes} == {str(window().id), str(OTHER_WINDOW)}


async def test_what_is_asked_again_while_catalog_is_away_is_no_shortage_when_it_is_back(
    cooperative: ServiceUnderTest, catalog: ServiceUnderTest
) -> None:
    lot = await lists(catalog, 20 * KG)
    await talk(cooperative, catalog)
    await cooperative.receives(placed(20 * KG), book())

    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due(ANSWER_BY)
    await talk(cooperative, catalog)

    (offer,) = await cooperative.events(OFFERED)
    assert (offer["round"], offer["quantity"]) == (2, 20 * KG)
    assert await stock(catalog, lot) == (0, 20 * KG, 0)


async def test_a_withdrawn_lot_to_which_stock_came_back_is_not_asked_for_again_and_again(
    cooperative: ServiceUnderTest, catalog: ServiceUnderTest
) -> None:
    lot = await lists(catalog, 50 * KG)
    await talk(cooperative, catalog)
    await cooperative.receives(placed(30 * KG), book())
    await cooperative.falls_due(CLOSES)
    await talk(cooperative, catalog)
    (offer,) = await cooperative.events(OFFERED)
    await says(cooperative, SARI_CALLS, offer, 3)
    async with catalog.client(SARI_CALLS) as client:
        await client.post(f"{lot}/withdrawal", json={"reason": "Sudah laku di pasar"})

    for minutes in range(3):
        await cooperative.falls_due(ANSWER_BY + timedelta(minutes=minutes))
        await talk(cooperative, catalog)

    assert await stock(catalog, lot) == (30 * KG, 0, 0)
    assert (await cooperative.emitted()).count("cooperative.hold_wanted.v1") == 1
    assert (await catalog.emitted()).count("catalog.hold_refused.v1") == 0


async def test_what_is_weighed_ends_the_commitment_and_the_buyer_hears_of_what_is_missing(
    cooperative: ServiceUnderTest, catalog: ServiceUnderTest
) -> None:
    lot = await lists(catalog, 50 * KG)
    await talk(cooperative, catalog)
    await cooperative.receives(placed(40 * KG), book())
    await cooperative.falls_due(CLOSES)
    await talk(cooperative, catalog)
    (offer,) = await cooperative.events(OFFERED)
    await says(cooperative, SARI_CALLS, offer, 1)
    await cooperative.falls_due(FIRM)
    await talk(cooperative, catalog)

    (taken,) = await sends(cooperative, entry(lot_code=offer["lot_code"], gross=38 * KG))
    await talk(cooperative, catalog)
    await talk(cooperative, catalog)

    assert taken["outcome"] == "counted"
    assert await stock(catalog, lot) == (10 * KG, 0, 0)
    (told,) = await catalog.events("catalog.stock_collected.v1")
    assert (told["collected"], told["change"], told["reason"]) == (37 * KG, -3 * KG, "short")
    (line,) = await cooperative.events("cooperative.line_collected.v1")
    assert (line["promised"], line["filled"], line["less"]) == (40 * KG, 37 * KG, "SHORT_WEIGHT")
