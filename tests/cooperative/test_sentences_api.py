"""Who is told why so much or so little: sellers, also of nothing, and buyers, each of their own alone."""

from typing import Any
from uuid import UUID

import pytest

from services.chassis.access import Caller
from tests.cooperative.people import (
    BUYER,
    CALLS,
    CISURU,
    COOPERATIVE,
    DARTO,
    KG,
    KITCHEN,
    LINE,
    MANAGER,
    MULYADADI,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    WATI,
    WINDOW,
)
from tests.cooperative.steps import is_offered, is_shared, reads
from tests.cooperative.told import lot
from tests.harness.service import ServiceUnderTest

OFFICER = Caller(DARTO, "assistant", (CISURU, MULYADADI), COOPERATIVE)
STRANGERS = [
    Caller(UUID(int=9), "buyer"),
    Caller(SARI, "buyer"),
    Caller(KITCHEN, "seller", (SERANG,), UUID(int=10)),
    OTHER_MANAGER,
]


async def shared(cooperative: ServiceUnderTest) -> str:
    """Sari gives all of 20 kg, Tuti, who is too dear, nothing, Wati all of 10 kg; 60 kg were ordered."""
    lots = lot(SARI, 20 * KG), lot(TUTI, 30 * KG, price=90_000), lot(WATI, 10 * KG)
    await is_shared(cooperative, *lots)
    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    return f"/sharings/{head['id']}"


async def read_by(cooperative: ServiceUnderTest, caller: Caller, path: str) -> list[UUID]:
    """Whose sentences the caller reads in the pages."""
    found = (await reads(cooperative, caller, f"{path}/sentences"))["items"]
    return sorted(UUID(one["person_id"]) for one in found)


async def test_a_seller_who_is_asked_for_nothing_reads_why_and_nobody_elses(
    cooperative: ServiceUnderTest,
) -> None:
    path = await shared(cooperative)

    (told,) = (await reads(cooperative, CALLS[TUTI], path))["told"]

    assert (told["person_id"], told["line_id"], told["commodity"]) == (str(TUTI), None, "Cabai merah")
    assert told["sentences"]["id"].startswith("Bu Tuti: diminta 0 kg dari 30 kg Cabai merah; 60 kg dipesan")
    assert told["sentences"]["en"].startswith("Bu Tuti: ")
    assert await read_by(cooperative, CALLS[TUTI], path) == [TUTI]


async def test_a_share_carries_the_sentence_that_its_seller_reads_of_the_sharing(
    cooperative: ServiceUnderTest,
) -> None:
    offers = await is_offered(cooperative, lot(SARI, 20 * KG), lot(TUTI, 30 * KG))
    (head,) = (await reads(cooperative, SARI_CALLS, f"/sharings?window_id={WINDOW}"))["items"]

    (told,) = (await reads(cooperative, SARI_CALLS, f"/sharings/{head['id']}"))["told"]

    assert told["sentences"] == offers[SARI]["sentences"]
    assert told["sentences"]["id"].startswith("Bu Sari: diminta 20 kg dari 20 kg Cabai merah")


async def test_a_buyer_reads_why_so_much_of_his_line_is_filled_and_no_more(
    cooperative: ServiceUnderTest,
) -> None:
    path = await shared(cooperative)

    (listed,) = (await reads(cooperative, BUYER, f"/sharings?window_id={WINDOW}"))["items"]
    seen = await reads(cooperative, BUYER, path)

    (told,) = seen["told"]
    assert path.endswith(listed["id"])
    assert (told["person_id"], told["line_id"]) == (str(KITCHEN), str(LINE))
    assert told["sentences"]["id"].startswith(
        "Pesanan Anda: terisi 30 kg dari 60 kg Cabai merah. Kurang 30 kg:"
    )
    assert told["sentences"]["en"].startswith("Your order: 30 kg of 60 kg of Cabai merah is filled.")
    hidden: list[Any] = [seen["batch"], seen["record"], *seen["lots"], *seen["credits"], *seen["villages"]]
    assert hidden == [None, None]
    assert await read_by(cooperative, BUYER, path) == [KITCHEN]


async def test_a_buyer_whom_nobody_serves_is_told_so(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative, lot(TUTI, 30 * KG, price=90_000))
    (head,) = (await reads(cooperative, BUYER, f"/sharings?window_id={WINDOW}"))["items"]

    (told,) = (await reads(cooperative, BUYER, f"/sharings/{head['id']}"))["told"]

    assert told["sentences"]["id"].startswith("Pesanan Anda: belum terisi. Tidak ada lot yang cocok")


async def test_the_manager_reads_everybodys_page_by_page(cooperative: ServiceUnderTest) -> None:
    path = await shared(cooperative)
    first = await reads(cooperative, MANAGER, f"{path}/sentences?limit=3")
    rest = await reads(cooperative, MANAGER, f"{path}/sentences?limit=3&cursor={first['next']}")

    read = [UUID(one["person_id"]) for page in (first, rest) for one in page["items"]]
    assert (len(first["items"]), rest["next"]) == (3, None)
    assert sorted(read) == sorted([SARI, TUTI, WATI, KITCHEN])
    assert (await reads(cooperative, MANAGER, path))["told"] == []


async def test_an_assistant_reads_those_of_the_sellers_of_the_villages_served(
    cooperative: ServiceUnderTest,
) -> None:
    path = await shared(cooperative)
    for_tuti, for_sari = (
        Caller(DARTO, "assistant", OFFICER.villages, COOPERATIVE, on_behalf_of=one) for one in (TUTI, SARI)
    )

    assert await read_by(cooperative, OFFICER, path) == [TUTI, WATI]
    assert await read_by(cooperative, for_tuti, path) == [TUTI]
    assert [one["person_id"] for one in (await reads(cooperative, for_tuti, path))["told"]] == [str(TUTI)]
    assert await read_by(cooperative, for_sari, path) == []
    assert (await reads(cooperative, for_sari, path))["told"] == []


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda caller: f"{caller.role} {caller.subject}")
async def test_strangers_find_no_sharing(cooperative: ServiceUnderTest, stranger: Caller) -> None:
    path = await shared(cooperative)

    async with cooperative.client(stranger) as client:
        found = [(await client.get(f"{path}{more}")).status_code for more in ("", "/sentences")]
        listed = (await client.get(f"/sharings?window_id={WINDOW}")).json()

    assert found == [404, 404]
    assert listed["items"] == []
