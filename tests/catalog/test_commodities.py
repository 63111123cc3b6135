"""The cooperative's list, as catalog keeps and shows it."""

from services.catalog.domain import Commodity
from services.catalog.events import CommodityListed
from tests.catalog.people import CHILLI, COOPERATIVE, KG, OTHER_COOPERATIVE, SARI_CALLS, chilli_listed
from tests.harness.service import ServiceUnderTest


async def test_the_newest_version_of_a_commodity_holds_in_whatever_order_they_come(
    catalog: ServiceUnderTest,
) -> None:
    third = chilli_listed().model_copy(update={"version": 3, "grades": ["A", "B", "C"]})
    second = chilli_listed().model_copy(update={"version": 2, "grades": ["A"]})

    await catalog.receives(third, second)

    async with catalog.tx() as tx:
        kept = await tx.get(Commodity, CHILLI)
    assert kept is not None
    assert (kept.version, kept.grades) == (3, ["A", "B", "C"])


async def test_a_commodity_keeps_its_selling_units_in_the_order_of_the_list(
    catalog: ServiceUnderTest,
) -> None:
    listed: CommodityListed = chilli_listed()

    async with catalog.tx() as tx:
        kept = await tx.get(Commodity, CHILLI)

    assert kept is not None
    assert list(kept.selling_units) == [unit.name for unit in listed.selling_units]


async def test_the_commodities_of_a_cooperative_say_how_a_lot_is_described(catalog: ServiceUnderTest) -> None:
    async with catalog.client(SARI_CALLS) as sari:
        listed = (await sari.get("/commodities", params={"cooperative_id": str(COOPERATIVE)})).json()["items"]
        others = (await sari.get("/commodities", params={"cooperative_id": str(OTHER_COOPERATIVE)})).json()

    assert [(one["name"], one["grades"], one["dated"]) for one in listed] == [
        ("Keranjang bambu", [], False),
        ("Cabai merah", ["A", "B"], True),
    ]
    assert listed[1]["selling_units"][0] == {"name": "karung", "quantity": 50 * KG}
    assert others == {"items": [], "next": None}
