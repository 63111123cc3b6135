"""Where a lot went, and what else came to the same lines."""

from services.chassis.access import Caller
from tests.cooperative.collecting import DRIVER
from tests.cooperative.people import (
    COOPERATIVE,
    DARTO,
    KG,
    LINE,
    MANAGER,
    MULYADADI,
    OTHER_MANAGER,
    SARI,
    TUTI,
    WATI,
)
from tests.cooperative.steps import is_firm, is_settled, reads
from tests.cooperative.test_weighing_api import catalog_counts, entry, sends
from tests.cooperative.told import lot
from tests.harness.service import ServiceUnderTest

CODE = lot(SARI, KG).code
TRACE = f"/lots/{CODE}/trace"


async def test_a_lot_is_traced_forward_to_its_line_and_back_to_all_lots_of_it(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 1, gross=19 * KG))
    await catalog_counts(cooperative)

    told = await reads(cooperative, DRIVER, f"/lots/{CODE.lower().replace('-', '')}/trace")

    (passage,) = told["passages"]
    assert (told["lot_code"], passage["line_id"], passage["filled"]) == (CODE, str(LINE), 60 * KG)
    assert (passage["own"]["quantity"], passage["own"]["collected"]) == (20 * KG, 18 * KG)
    assert passage["weighed"]["net"] == 18 * KG
    sources = {one["seller_name"]: (one["lot_code"], one["collected"]) for one in passage["sources"]}
    assert sources == {
        "Bu Sari": (CODE, 18 * KG),
        "Bu Tuti": (lot(TUTI, KG).code, None),
        "Bu Wati": (lot(WATI, KG).code, None),
    }


async def test_what_is_not_final_leaves_no_trace(cooperative: ServiceUnderTest) -> None:
    await is_firm(cooperative)

    async with cooperative.client(MANAGER) as client:
        assert (await client.get(TRACE)).status_code == 404


async def test_only_those_who_collect_a_lot_trace_it(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    darto = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE)

    for stranger in (OTHER_MANAGER, darto):
        async with cooperative.client(stranger) as client:
            assert (await client.get(TRACE)).status_code == 404
    assert (await reads(cooperative, darto, f"/lots/{lot(WATI, KG).code}/trace"))["unit"] == "g"
