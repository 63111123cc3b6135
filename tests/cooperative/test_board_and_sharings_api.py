"""The manager's board and published sharings over HTTP."""

import json
from uuid import UUID

from sqlalchemy import update

from services.chassis.access import Caller
from services.chassis.limits import Rate
from services.cooperative.domain import SharingStatus
from services.cooperative.sharing.engine import output_hash
from services.cooperative.sharing.verify import first_complaint
from services.cooperative.tables import sharings
from tests.cooperative.people import (
    COOPERATIVE,
    DARTO,
    KG,
    LOTS,
    MANAGER,
    MULYADADI,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    TUTI_CALLS,
    WATI,
    WINDOW,
)
from tests.cooperative.steps import is_offered, is_shared, papers, reads, says
from tests.cooperative.told import lot
from tests.harness.service import ServiceUnderTest


async def status(cooperative: ServiceUnderTest, caller: Caller | None, path: str) -> int:
    async with cooperative.client(caller) as client:
        return (await client.get(path)).status_code


async def test_a_seller_sees_a_sharings_hash_and_her_own_lots_in_it(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative, lot(SARI, 20 * KG), lot(TUTI, 30 * KG, price=90_000))

    (head,) = (await reads(cooperative, TUTI_CALLS, f"/sharings?window_id={WINDOW}"))["items"]
    tuti = await reads(cooperative, TUTI_CALLS, f"/sharings/{head['id']}")
    manager = await reads(cooperative, MANAGER, f"/sharings/{head['id']}")

    assert tuti["record_hash"] == manager["record_hash"] == head["record_hash"]
    assert [(one["lot_id"], one["reason"]) for one in tuti["lots"]] == [(str(LOTS[TUTI]), "CAP")]
    assert (tuti["batch"], tuti["record"], tuti["villages"]) == (None, None, [])
    assert [(one["hak"], one["given"], one["credit"]) for one in tuti["credits"]] == [(0, 0, 0)]
    assert len(manager["record"]["lots"]) == len(manager["batch"]["lots"]) == 2
    stranger = Caller(UUID(int=9), "seller", (SERANG,), UUID(int=10))
    assert await status(cooperative, stranger, f"/sharings/{head['id']}") == 404


async def test_the_board_tells_why_one_village_got_less(cooperative: ServiceUnderTest) -> None:
    lots = lot(SARI, 20 * KG), lot(TUTI, 30 * KG), lot(WATI, 90 * KG, price=90_000)
    offers = await is_offered(cooperative, *lots)
    await says(cooperative, SARI_CALLS, offers[SARI], 1)
    await says(cooperative, TUTI_CALLS, offers[TUTI], 2, 10 * KG)

    board = await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")

    numbers = {
        one["name"]: (one["offered"], one["given"], one["accepted"], one["committed"], one["reasons"])
        for one in board["villages"]
    }
    assert numbers == {
        "Serang": (20 * KG, 20 * KG, 20 * KG, 0, {"FULL": 1}),
        "Cisuru": (30 * KG, 30 * KG, 10 * KG, 0, {"FULL": 1}),
        "Mulyadadi": (90 * KG, 0, 0, 0, {"CAP": 1}),
    }
    (line,) = board["lines"]
    assert (line["ordered"], line["promised"], line["shortage"]) == (60 * KG, 30 * KG, "NO_STOCK")
    (asked,) = board["rounds"]
    assert (asked["open"], asked["shares"]) == (True, {"accepted": 1, "reduced": 1})


async def test_the_board_of_a_fresh_window_waits_for_its_book(cooperative: ServiceUnderTest) -> None:
    board = await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")

    assert board["book"] == {"state": "open", "orders": None, "waits_for": [], "left_out": []}
    assert await status(cooperative, OTHER_MANAGER, f"/windows/{WINDOW}/board") == 404


async def test_an_assistant_sees_her_villages_numbers_beside_the_others(
    cooperative: ServiceUnderTest,
) -> None:
    await is_shared(cooperative)
    officer = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE)

    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    seen = await reads(cooperative, officer, f"/sharings/{head['id']}")

    numbers = [(one["name"], one["own"], one["hak"], one["given"], one["credit"]) for one in seen["villages"]]
    assert sorted(numbers) == [
        ("Cisuru", False, 20 * KG, 20 * KG, 0),
        ("Mulyadadi", True, 20 * KG, 20 * KG, 0),
        ("Serang", False, 20 * KG, 20 * KG, 0),
    ]
    assert (seen["batch"], seen["record"], seen["lots"], seen["credits"]) == (None, None, [], [])


async def test_an_assistant_sees_the_credits_of_whom_she_acts_for_in_a_village_that_she_serves(
    cooperative: ServiceUnderTest,
) -> None:
    await is_shared(cooperative)
    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    own, foreign = (
        Caller(DARTO, "assistant", (village,), COOPERATIVE, on_behalf_of=SARI)
        for village in (SERANG, MULYADADI)
    )

    seen = await reads(cooperative, own, f"/sharings/{head['id']}")
    unseen = await reads(cooperative, foreign, f"/sharings/{head['id']}")

    assert (len(seen["lots"]), len(seen["credits"])) == (1, 1)
    assert (unseen["lots"], unseen["credits"]) == ([], [])


async def test_anyone_checks_the_public_bytes_against_the_published_hash_and_finds_no_name_in_them(
    cooperative: ServiceUnderTest,
) -> None:
    await is_shared(cooperative)
    (published,) = await cooperative.events("cooperative.sharing_published.v1")

    batch, record = await papers(cooperative, published["sharing_id"])

    read = json.loads(record)
    assert first_complaint(batch, record) is None
    assert read["output_hash"] == output_hash(read) == published["record_hash"]
    hidden = [str(one) for one in (SARI, TUTI, WATI, *LOTS.values())] + ["Sari", "Tuti", "Wati"]
    assert [one for one in hidden if one.encode() in batch + record] == []


async def test_public_papers_are_counted_by_address_whatever_is_fetched(
    cooperative: ServiceUnderTest,
) -> None:
    await is_shared(cooperative)
    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    cooperative.app.state.rate = Rate(2, clock=lambda: 0.0)

    found = [
        await status(cooperative, None, f"/sharings/{head['id']}/{paper}")
        for paper in ("record", "batch", "record", "batch")
    ]

    assert found == [200, 200, 429, 429]
    assert await status(cooperative, MANAGER, f"/sharings/{head['id']}") == 200


async def test_what_is_held_back_is_not_public(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative)
    (published,) = await cooperative.events("cooperative.sharing_published.v1")
    async with cooperative.tx() as tx:
        await tx.execute(update(sharings).values(status=SharingStatus.HELD))

    for name in ("batch", "record"):
        assert await status(cooperative, None, f"/sharings/{published['sharing_id']}/{name}") == 404
    assert await status(cooperative, SARI_CALLS, f"/sharings/{published['sharing_id']}") == 404
    assert await status(cooperative, MANAGER, f"/sharings/{published['sharing_id']}") == 200
