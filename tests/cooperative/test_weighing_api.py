"""What phones send of the weighing, what it makes of shares and lines, and the manager's last word."""

import asyncio
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import httpx

from services.chassis.access import Caller
from services.cooperative.events import StockCollected
from tests.cooperative.collecting import DRIVER, STARTS
from tests.cooperative.people import (
    COOPERATIVE,
    DARTO,
    FIRM,
    KG,
    LOTS,
    MANAGER,
    MULYADADI,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    TUTI,
    WATI,
    WINDOW,
)
from tests.cooperative.steps import is_accepted, is_firm, is_offered, is_settled, reads
from tests.cooperative.told import committed, lot
from tests.harness.service import ServiceUnderTest

WEIGH_INS, WEIGHINGS = f"/windows/{WINDOW}/weigh-ins", f"/windows/{WINDOW}/weighings"
LINE_COLLECTED = "cooperative.line_collected.v1"


def entry(person: UUID = SARI, number: int = 1, *, gross: int = 21 * KG, **other: Any) -> dict[str, Any]:
    known = {"tare": KG, "grade": "A", "at": (STARTS + timedelta(minutes=number)).isoformat()}
    named = {"entry_id": str(UUID(int=number)), "lot_code": lot(person, KG).code}
    return named | {"gross": gross} | known | other


async def sends(
    cooperative: ServiceUnderTest, *entries: dict[str, Any], device: str = "HP 1", caller: Caller = DRIVER
) -> list[dict[str, Any]]:
    async with cooperative.client(caller, **{"Accept-Language": "en"}) as client:
        answer = await client.post(WEIGH_INS, json={"device": device, "entries": list(entries)})
    assert answer.status_code == 200, answer.text
    taken: list[dict[str, Any]] = answer.json()["entries"]
    return taken


async def decides(cooperative: ServiceUnderTest, caller: Caller = MANAGER, **word: Any) -> httpx.Response:
    body = {"lot_id": str(LOTS[SARI]), "grade": "A", "reason": "Ditimbang ulang"} | word
    async with cooperative.client(caller) as client:
        return await client.post(WEIGHINGS, json=body)


async def catalog_counts(cooperative: ServiceUnderTest) -> None:
    """Catalog answers every weighing told so far; again too."""
    told = await cooperative.events("cooperative.lot_weighed.v1")
    await cooperative.receives(
        *[
            StockCollected(
                lot_id=UUID(one["lot_id"]),
                version=100 + one["version"],
                weighing_id=UUID(one["weighing_id"]),
                weighed=one["version"],
                available=0,
            )
            for one in told
        ]
    )


async def codes(cooperative: ServiceUnderTest, *entries: dict[str, Any], **more: Any) -> list[str | None]:
    return [one["code"] for one in await sends(cooperative, *entries, **more)]


async def collected(cooperative: ServiceUnderTest) -> list[tuple[int, str | None]]:
    return [(one["filled"], one["less"]) for one in await cooperative.events(LINE_COLLECTED)]


async def test_what_is_weighed_is_told_to_catalog_and_not_yet_to_the_buyer(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)

    (taken,) = await sends(cooperative, entry(gross=19 * KG))

    assert (taken["outcome"], taken["code"]) == ("counted", None)
    (told,) = await cooperative.events("cooperative.lot_weighed.v1")
    assert (told["net"], told["committed"], told["waiting"], told["returned"]) == (
        18 * KG,
        20 * KG,
        18 * KG,
        0,
    )
    assert await cooperative.events("cooperative.share_collected.v1", LINE_COLLECTED) == []


async def test_a_line_is_told_once_all_its_lots_are_weighed_and_counted(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 1, gross=19 * KG), entry(TUTI, 2))
    await catalog_counts(cooperative)
    assert await collected(cooperative) == []

    await sends(cooperative, entry(WATI, 3), device="HP 2")
    await catalog_counts(cooperative)
    await catalog_counts(cooperative)

    (line,) = await cooperative.events(LINE_COLLECTED)
    assert (line["promised"], line["filled"], line["less"]) == (60 * KG, 58 * KG, "SHORT_WEIGHT")
    assert {part["name"]: part["quantity"] for part in line["villages"]}["Serang"] == 18 * KG
    (share,) = (await reads(cooperative, SARI_CALLS, "/shares"))["items"]
    assert (share["status"], share["quantity"], share["collected"]) == ("collected", 20 * KG, 18 * KG)
    story = await reads(
        cooperative, SARI_CALLS, f"/shares/{share['id']}/timeline", **{"Accept-Language": "en"}
    )
    assert story[-1]["sentence"] == "Weighed: 18 kg of 20 kg was taken, at Rp35,000/kg."


async def test_the_same_entries_in_any_order_twice_and_from_two_phones_end_the_same(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    sent = [("HP 1", entry(SARI, 1)), ("HP 2", entry(SARI, 2, gross=20 * KG)), ("HP 1", entry(TUTI, 3))]

    ends = set()
    for order in permutations(sent):
        for device, one in (*order, order[0]):
            await sends(cooperative, one, device=device)
        ends.add(
            repr([(one["net"], one["conflict"], len(one["entries"])) for one in await weighed(cooperative)])
        )

    assert len(ends) == 1
    assert len((await reads(cooperative, DRIVER, WEIGH_INS))["items"]) == 3


async def weighed(cooperative: ServiceUnderTest, query: str = "") -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = (await reads(cooperative, MANAGER, WEIGHINGS + query))["items"]
    return sorted(seen, key=lambda one: one["lot_code"])


async def test_the_earlier_of_two_phones_counts_though_it_comes_later(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 5, gross=20 * KG), device="HP 2")

    (taken,) = await sends(cooperative, entry(SARI, 1))

    assert (taken["outcome"], taken["code"]) == ("conflict", "weighed-twice")
    told = await cooperative.events("cooperative.lot_weighed.v1")
    assert [(one["version"], one["net"]) for one in told] == [(1, 19 * KG), (2, 20 * KG)]


async def test_two_phones_that_weigh_one_lot_at_the_same_moment_are_both_kept(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)

    await asyncio.gather(
        *[
            sends(cooperative, entry(SARI, number, gross=(20 - number) * KG), device=f"HP {number}")
            for number in range(1, 5)
        ]
    )

    (one,) = await weighed(cooperative)
    assert (one["net"], one["conflict"], len(one["entries"])) == (18 * KG, True, 4)


async def test_the_manager_has_the_last_word_and_all_entries_stay(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 1))
    await sends(cooperative, entry(SARI, 2, gross=18 * KG), device="HP 2")
    assert len(await weighed(cooperative, "?conflict=true")) == 1

    decided = await decides(cooperative, gross=18_500, tare=500)
    await sends(cooperative, entry(SARI, 1), entry(SARI, 3, gross=25 * KG))

    assert decided.status_code == 200, decided.text
    (one,) = await weighed(cooperative)
    assert (one["net"], one["conflict"], len(one["entries"])) == (18 * KG, False, 4)
    assert [entry["final"] for entry in one["entries"]].count(True) == 1
    assert [told["net"] for told in await cooperative.events("cooperative.lot_weighed.v1")] == [
        20 * KG,
        18 * KG,
    ]


async def test_what_is_weighed_again_after_the_buyer_was_told_is_told_again(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 1, gross=19 * KG), entry(TUTI, 2), entry(WATI, 3))
    await catalog_counts(cooperative)

    await decides(cooperative, gross=20 * KG)
    await catalog_counts(cooperative)

    assert await collected(cooperative) == [(58 * KG, "SHORT_WEIGHT"), (60 * KG, None)]


async def test_a_lower_grade_lowers_the_price_and_goes_back_where_nobody_ordered_it(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    await sends(cooperative, entry(SARI, 1, grade="B", reason="Masih hijau"), entry(TUTI, 2), entry(WATI, 3))
    await catalog_counts(cooperative)

    (told, *_) = await cooperative.events("cooperative.lot_weighed.v1")
    assert (told["price_permille"], told["waiting"], told["returned"]) == (900, 0, 20 * KG)
    assert await collected(cooperative) == [(40 * KG, "WRONG_GRADE")]
    (share,) = (await reads(cooperative, SARI_CALLS, "/shares"))["items"]
    assert (share["price"], share["final_price"], share["collected"]) == (35_000, 31_500, 0)


async def test_a_rejected_lot_leaves_its_line_short_and_a_surplus_goes_back(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    rejected, above = entry(SARI, 1, rejected=True, reason="Busuk"), entry(TUTI, 2, gross=25 * KG)
    await sends(cooperative, rejected, above, entry(WATI, 3))
    await catalog_counts(cooperative)

    first, second, _ = await cooperative.events("cooperative.lot_weighed.v1")
    assert (first["rejected"], first["waiting"]) == (20 * KG, 0)
    assert (second["waiting"], second["returned"]) == (20 * KG, 4 * KG)
    assert await collected(cooperative) == [(40 * KG, "REJECTED")]


async def test_a_lot_that_nobody_brought_is_weighed_as_nothing(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)

    await sends(cooperative, entry(SARI, 1, gross=0, tare=0, grade=None), entry(TUTI, 2), entry(WATI, 3))
    await catalog_counts(cooperative)

    assert await collected(cooperative) == [(40 * KG, "SHORT_WEIGHT")]


async def test_before_firm_a_weigh_in_is_refused_kept_and_counts_when_it_is_sent_again(
    cooperative: ServiceUnderTest,
) -> None:
    await is_accepted(cooperative)
    early = await codes(cooperative, entry())
    (kept,) = (await reads(cooperative, DRIVER, f"{WEIGH_INS}?refused=true"))["items"]
    await cooperative.falls_due(FIRM)
    wanted = await cooperative.events("cooperative.commit_wanted.v1")
    await cooperative.receives(*[committed(one) for one in wanted])

    assert (early, kept["refused_by"]) == (["not-firm-yet"], "not-firm-yet")
    assert await codes(cooperative, entry()) == [None]
    assert (await reads(cooperative, DRIVER, f"{WEIGH_INS}?refused=true"))["items"] == []


async def test_of_a_window_that_was_called_off_nothing_is_weighed(cooperative: ServiceUnderTest) -> None:
    await is_offered(cooperative)
    async with cooperative.client(MANAGER) as client:
        await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})

    assert await codes(cooperative, entry()) == ["already-called-off"]


async def test_while_its_commitment_is_awaited_a_lot_is_not_weighed(cooperative: ServiceUnderTest) -> None:
    await is_firm(cooperative)

    assert await codes(cooperative, entry()) == ["lot-still-committing"]


async def test_each_entry_is_answered_for_itself_with_a_clear_sentence(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    wrong = [
        entry(SARI, 1, lot_code="ZZZZ-ZZZZ"),
        entry(SARI, 2, gross=1, tare=5),
        entry(SARI, 3, grade="Z", reason="x"),
        entry(SARI, 4, grade="B"),
        entry(TUTI, 5, lot_code=lot(TUTI, KG).code.lower().replace("-", "")),
    ]

    taken = await sends(cooperative, *wrong)

    assert [one["code"] for one in taken] == [
        "lot-not-committed",
        "nothing-weighed",
        "grade-not-known",
        "reason-needed",
        None,
    ]
    assert all(one["sentence"] for one in taken[:-1])
    assert len((await reads(cooperative, MANAGER, WEIGH_INS))["items"]) == 5


async def test_an_assistant_weighs_in_the_villages_served_only(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    darto = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE)

    assert await codes(cooperative, entry(SARI, 1), entry(WATI, 2), caller=darto) == [
        "lot-not-committed",
        None,
    ]
    assert [one["village"] for one in (await reads(cooperative, darto, WEIGHINGS))["items"]] == [MULYADADI]


async def test_strangers_weigh_and_decide_nothing(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)
    async with cooperative.client(OTHER_MANAGER) as client:
        answer = await client.post(WEIGH_INS, json={"device": "HP", "entries": [entry()]})

    assert answer.status_code == 404
    assert (await decides(cooperative, OTHER_MANAGER, gross=KG)).status_code == 404
    assert (await decides(cooperative, DRIVER, gross=KG)).status_code == 403
