"""Shares, sharings and the board over HTTP: who sees what, who may answer, what the timeline tells."""

import pytest

from services.chassis.access import Caller
from tests.cooperative.people import (
    ANSWER_BY,
    BUYER,
    COOPERATIVE,
    DARTO_FOR_SARI,
    DARTO_FOR_WATI,
    KG,
    MANAGER,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    TUTI,
    TUTI_CALLS,
    WATI,
    WATI_CALLS,
    WINDOW,
)
from tests.cooperative.steps import is_firm, is_offered, is_shared, reads, says
from tests.cooperative.told import committed
from tests.harness.service import ServiceUnderTest


async def status(cooperative: ServiceUnderTest, caller: Caller | None, path: str) -> int:
    async with cooperative.client(caller) as client:
        return (await client.get(path)).status_code


async def test_a_seller_sees_her_own_shares_and_the_manager_all(cooperative: ServiceUnderTest) -> None:
    await is_offered(cooperative)

    sari = await reads(cooperative, SARI_CALLS, "/shares")
    manager = await reads(cooperative, MANAGER, f"/shares?window_id={WINDOW}&status=offered")

    assert [share["seller_id"] for share in sari["items"]] == [str(SARI)]
    assert {share["seller_id"] for share in manager["items"]} == {str(SARI), str(TUTI), str(WATI)}
    assert (await reads(cooperative, OTHER_MANAGER, "/shares"))["items"] == []


async def test_a_share_says_why_in_the_language_asked_for(cooperative: ServiceUnderTest) -> None:
    offer = (await is_offered(cooperative))[SARI]
    path = f"/shares/{offer['share_id']}"

    indonesian = await reads(cooperative, SARI_CALLS, path, **{"Accept-Language": "id"})
    english = await reads(cooperative, SARI_CALLS, path)

    assert indonesian["sentence"] == offer["sentences"]["id"]
    assert english["sentence"] == offer["sentences"]["en"]
    assert (english["status"], english["can_answer"], english["held"]) == ("offered", True, 20 * KG)


async def test_nobody_sees_or_answers_a_share_of_another(cooperative: ServiceUnderTest) -> None:
    offer = (await is_offered(cooperative))[SARI]
    path = f"/shares/{offer['share_id']}"

    for stranger in (TUTI_CALLS, OTHER_MANAGER, DARTO_FOR_SARI):
        assert await status(cooperative, stranger, path) == 404
        assert await status(cooperative, stranger, f"{path}/timeline") == 404
    assert await status(cooperative, BUYER, path) == 403
    assert await status(cooperative, None, path) == 401
    for stranger in (TUTI_CALLS, DARTO_FOR_SARI):
        assert (await says(cooperative, stranger, offer, 1)).status_code == 404
    assert (await says(cooperative, MANAGER, offer, 1)).status_code == 403


async def test_an_assistant_names_the_seller(cooperative: ServiceUnderTest) -> None:
    offer = (await is_offered(cooperative))[WATI]
    nobody = Caller(DARTO_FOR_WATI.id, "assistant", DARTO_FOR_WATI.villages, COOPERATIVE)

    answer = await says(cooperative, nobody, offer, 1)

    assert (answer.status_code, answer.json()["code"]) == (403, "nobody-named")


@pytest.mark.parametrize(
    ("answer", "quantity", "code"),
    [
        (2, None, "less-needs-quantity"),
        (2, 20 * KG, "less-needs-quantity"),
        (1, 5 * KG, "quantity-not-used"),
        (2, 1500, "not-in-whole-steps"),
    ],
)
async def test_an_answer_that_says_nothing_clear_is_refused(
    cooperative: ServiceUnderTest, answer: int, quantity: int | None, code: str
) -> None:
    offer = (await is_offered(cooperative))[SARI]

    refused = await says(cooperative, SARI_CALLS, offer, answer, quantity)

    assert refused.json()["code"] == code
    assert (await reads(cooperative, SARI_CALLS, f"/shares/{offer['share_id']}"))["status"] == "offered"


@pytest.mark.parametrize("body", [{}, {"answer": 4}, {"answer": "1"}, {"answer": 1.0}, {"answer": True},
                                  {"answer": 2, "quantity": -5}, {"answer": 2, "quantity": 0},
                                  {"answer": 1, "seller": "x"}])  # fmt: skip
async def test_an_answer_is_1_2_or_3(cooperative: ServiceUnderTest, body: dict[str, object]) -> None:
    offer = (await is_offered(cooperative))[SARI]

    async with cooperative.client(SARI_CALLS) as client:
        refused = await client.post(f"/shares/{offer['share_id']}/answer", json=body)

    assert refused.status_code == 422


async def test_a_share_that_waits_for_its_hold_cannot_be_answered(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative)
    (share,) = (await reads(cooperative, SARI_CALLS, "/shares"))["items"]

    answer = await says(cooperative, SARI_CALLS, {"share_id": share["id"]}, 1)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-asked-yet")
    assert share["can_answer"] is False


async def test_a_late_answer_is_refused_with_the_time_it_had(cooperative: ServiceUnderTest) -> None:
    offer = (await is_offered(cooperative))[SARI]
    cooperative.moves_to(ANSWER_BY)

    answer = await says(cooperative, SARI_CALLS, offer, 1)

    assert (answer.status_code, answer.json()["code"]) == (409, "round-closed")
    assert "Mon 23 Nov 2026 at 16:00 WIB" in answer.json()["detail"]


async def test_the_timeline_says_who_answered_and_on_whose_behalf(cooperative: ServiceUnderTest) -> None:
    offer = (await is_offered(cooperative))[WATI]
    await says(cooperative, DARTO_FOR_WATI, offer, 2, 5 * KG)
    await says(cooperative, WATI_CALLS, offer, 1)

    story = await reads(
        cooperative, WATI_CALLS, f"/shares/{offer['share_id']}/timeline", **{"Accept-Language": "id"}
    )

    assert [entry["sentence"] for entry in story] == [
        "Stok 20 kg diminta disiapkan untuk bagian ini.",
        "20 kg Cabai merah ditanyakan kepada penjual; jawaban ditunggu sampai Senin 23 Nov 2026 pukul 16.00 WIB.",
        "Pendamping Pak Darto, atas nama Bu Wati, menjawab 2 (kurang): 5 kg dari 20 kg.",
        "Penjual Bu Wati menjawab 1 (ya): 20 kg dari 20 kg.",
    ]
    assert story[2]["sentences"]["en"] == (
        "Assistant Pak Darto, on behalf of Bu Wati, answered 2 (less): 5 kg of 20 kg."
    )
    assert (story[2]["role"], story[2]["on_behalf_of"]) == ("assistant", str(WATI))


async def test_every_end_of_a_share_reads_well_in_its_timeline(cooperative: ServiceUnderTest) -> None:
    first, second, third = await is_firm(cooperative)
    await cooperative.receives(committed(first), committed(second, 15 * KG), committed(third, 0))

    shares = (await reads(cooperative, MANAGER, "/shares"))["items"]
    stories = [await reads(cooperative, MANAGER, f"/shares/{share['id']}/timeline") for share in shares]

    assert {story[-1]["sentence"] for story in stories} == {
        "20 kg of Cabai merah is committed, to be brought.",
        "15 kg of Cabai merah is committed, to be brought.",
        "Not all stock could be committed; what stands now is 0 kg.",
    }
