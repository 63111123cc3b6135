"""What the policy's least of a lot and its number of rounds do, on a real database."""

from uuid import UUID

from services.cooperative.sharing.engine import read_record
from services.cooperative.sharing.engine.sentences import explained
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.people import ANSWER_BY, CALLS, FIRM, KG, MANAGER, SARI, SARI_CALLS, TUTI, WATI, WINDOW
from tests.cooperative.steps import Told, is_offered, is_shared, papers, reads, says
from tests.cooperative.told import committed, held, lot
from tests.harness.service import ServiceUnderTest

PUBLISHED = "cooperative.sharing_published.v1"


async def decides(cooperative: ServiceUnderTest, **decided: int) -> None:
    usual = {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80}
    async with cooperative.client(MANAGER) as client:
        answer = await client.put("/policy", json=usual | decided)
    assert answer.status_code == 200, answer.text


async def all_but_sari_say_yes(cooperative: ServiceUnderTest, offers: dict[UUID, Told]) -> None:
    for seller, answer in ((SARI, 3), (TUTI, 1), (WATI, 1)):
        await says(cooperative, CALLS[seller], offers[seller], answer)


async def rounds_left(cooperative: ServiceUnderTest) -> int | None:
    left: int | None = (await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board"))["window"][
        "rounds_left"
    ]
    return left


async def test_with_one_round_what_is_declined_goes_short(cooperative: ServiceUnderTest) -> None:
    await decides(cooperative, rounds=1)
    before = await rounds_left(cooperative)
    offers = await is_offered(cooperative, left=70 * KG)
    await all_but_sari_say_yes(cooperative, offers)

    for at in (ANSWER_BY, FIRM):
        await cooperative.falls_due(at)
    wanted = await cooperative.events("cooperative.commit_wanted.v1")
    await cooperative.receives(*[committed(one) for one in wanted])

    (line,) = await cooperative.events("cooperative.line_short.v1")
    assert (line["filled"], line["missing"], line["reason"]) == (40 * KG, 20 * KG, "TOO_LATE")
    assert (before, await rounds_left(cooperative)) == (None, 0)
    assert len(await cooperative.events(PUBLISHED)) == 1


async def test_a_window_keeps_the_number_of_rounds_it_was_frozen_with(cooperative: ServiceUnderTest) -> None:
    await decides(cooperative, rounds=2)
    offers = await is_offered(cooperative, left=70 * KG)
    await decides(cooperative, rounds=1)
    await all_but_sari_say_yes(cooperative, offers)

    await cooperative.falls_due(ANSWER_BY)

    assert [one["round"] for one in await cooperative.events(PUBLISHED)] == [1, 2]
    assert await rounds_left(cooperative) == 0


async def test_a_round_in_which_catalog_was_silent_asked_nobody_and_is_not_counted(
    cooperative: ServiceUnderTest,
) -> None:
    await decides(cooperative, rounds=1)
    await is_shared(cooperative, lot(SARI, 20 * KG))

    await cooperative.falls_due(ANSWER_BY)
    await cooperative.receives(held((await cooperative.events("cooperative.hold_wanted.v1"))[-1], version=4))

    (offer,) = await cooperative.events("cooperative.share_offered.v1")
    assert (offer["round"], offer["quantity"]) == (2, 20 * KG)
    assert await rounds_left(cooperative) == 0


async def test_a_lot_smaller_than_the_minimum_is_not_asked_for_and_its_sentence_says_so(
    cooperative: ServiceUnderTest,
) -> None:
    await decides(cooperative, minimum_steps=5)

    wanted = await is_shared(cooperative, lot(SARI, 4 * KG), lot(TUTI, 5 * KG), lot(WATI, 90 * KG))

    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    (sari,) = (await reads(cooperative, SARI_CALLS, f"/sharings/{head['id']}"))["lots"]
    batch, record = await papers(cooperative, head["id"])
    said = [one for one in explained(read_record(record), None, "id") if "0 kg dari 4 kg" in one]
    assert sorted(one["quantity"] for one in wanted) == [5 * KG, 55 * KG]
    assert (sari["given"], sari["reason"]) == (0, "BELOW_MIN_LOT")
    assert first_complaint(batch, record) is None
    assert len(said) == 1
    assert "kurang dari jumlah terkecil" in said[0]
