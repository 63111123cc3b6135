"""Credits over HTTP: a seller's own, those of a village that is served, a manager's all; each entry with its reason."""

from uuid import UUID

from services.chassis.access import Caller
from tests.cooperative.people import (
    ANSWER_BY,
    CISURU,
    COOPERATIVE,
    DARTO,
    DARTO_FOR_WATI,
    FIRM,
    KG,
    LOTS,
    MANAGER,
    MULYADADI,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    TUTI,
    TUTI_CALLS,
    WATI,
    WATI_CALLS,
    WINDOW,
)
from tests.cooperative.steps import is_shared, reads, says
from tests.cooperative.told import held, refused
from tests.harness.service import ServiceUnderTest

Seen = list[tuple[str, int, str]]
OF = {SARI: "Bu Sari", TUTI: "Bu Tuti", WATI: "Bu Wati"}


async def is_credited(cooperative: ServiceUnderTest) -> None:
    """Catalog held nothing of Sari's 20 kg and 12 of Tuti's; Wati brought all of hers."""
    wanted = {UUID(one["lot_id"]): one for one in await is_shared(cooperative)}
    sari, tuti, wati = (wanted[LOTS[person]] for person in (SARI, TUTI, WATI))
    await cooperative.receives(refused(sari), held(tuti, 12 * KG), held(wati, 20 * KG))
    for offer in await cooperative.events("cooperative.share_offered.v1"):
        caller = {TUTI: TUTI_CALLS, WATI: WATI_CALLS}[UUID(offer["seller_id"])]
        await says(cooperative, caller, offer, 1)
    await cooperative.falls_due(ANSWER_BY)
    await cooperative.falls_due(FIRM)


async def entries(cooperative: ServiceUnderTest, caller: Caller) -> Seen:
    told = (await reads(cooperative, caller, "/credits/entries"))["items"]
    assert all(one["window_id"] == str(WINDOW) and one["commodity_name"] == "Cabai merah" for one in told)
    return [(one["seller_name"], one["amount"], one["reason"]) for one in told]


async def test_a_seller_sees_her_own_credit_and_what_made_it(cooperative: ServiceUnderTest) -> None:
    await is_credited(cooperative)

    (own,) = (await reads(cooperative, SARI_CALLS, "/credits"))["items"]

    told = await entries(cooperative, SARI_CALLS)
    assert {name for name, _, _ in told} == {OF[SARI]}
    assert (OF[SARI], 20 * KG, "NOT_HELD") in told
    assert [(one["commodity_name"], one["amount"]) for one in own["amounts"]] == [
        ("Cabai merah", sum(amount for _, amount, _ in told))
    ]


async def test_a_villages_officer_sees_its_sellers_and_who_acts_for_one_only_her(
    cooperative: ServiceUnderTest,
) -> None:
    await is_credited(cooperative)

    of_cisuru = await entries(cooperative, Caller(DARTO, "assistant", (CISURU,), COOPERATIVE))
    of_nowhere = await entries(cooperative, Caller(DARTO, "assistant", (), COOPERATIVE))
    both = Caller(DARTO, "assistant", (CISURU, MULYADADI), COOPERATIVE)
    served = (await reads(cooperative, both, "/credits"))["items"]
    acted_for = (await reads(cooperative, DARTO_FOR_WATI, "/credits"))["items"]

    assert {name for name, _, _ in of_cisuru} == {OF[TUTI]}
    assert of_nowhere == []
    assert {one["name"] for one in served} == {OF[TUTI], OF[WATI]}
    assert [one["name"] for one in acted_for] == [OF[WATI]]


async def test_a_manager_sees_all_of_his_cooperative_and_another_nothing(
    cooperative: ServiceUnderTest,
) -> None:
    await is_credited(cooperative)

    seen = await entries(cooperative, MANAGER)
    pages = [await reads(cooperative, MANAGER, "/credits/entries?limit=1")]
    while pages[-1]["next"]:
        pages.append(
            await reads(cooperative, MANAGER, f"/credits/entries?limit=1&cursor={pages[-1]['next']}")
        )

    assert {name for name, _, _ in seen} >= {OF[SARI], OF[TUTI]}
    assert [page["items"][0]["seller_name"] for page in pages] == [name for name, _, _ in seen]
    assert await entries(cooperative, OTHER_MANAGER) == []
    assert {one["name"] for one in (await reads(cooperative, MANAGER, "/credits"))["items"]} == set(
        OF.values()
    )
