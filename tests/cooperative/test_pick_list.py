"""What is brought for a firm window, as those who collect read it: JSON, CSV and paper."""

import csv
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
import segno
from sqlalchemy import update

from services.chassis.access import Caller
from services.chassis.codes import short_code
from services.cooperative.tables import members
from tests.cooperative.collecting import DRIVER, HALL, collects
from tests.cooperative.people import (
    CISURU,
    COOPERATIVE,
    DARTO,
    KG,
    LINE,
    MANAGER,
    MULYADADI,
    ORDER,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    SERANG,
    WINDOW,
)
from tests.cooperative.steps import is_firm, is_settled, reads
from tests.cooperative.told import lot
from tests.harness.service import ServiceUnderTest

PATH = f"/windows/{WINDOW}/pick-list"
DARTO_CALLS = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE)


async def gets(
    cooperative: ServiceUnderTest, path: str, caller: Caller = DRIVER, language: str = "id"
) -> Any:
    async with cooperative.client(caller, **{"Accept-Language": language}) as client:
        return await client.get(path)


def brought(told: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [
        (village["name"], lot["seller_name"], lot["quantity"])
        for village in told["villages"]
        for lot in village["lots"]
    ]


async def test_a_pick_list_says_who_brings_what_where_and_for_which_line(
    cooperative: ServiceUnderTest,
) -> None:
    await collects(cooperative, SERANG)
    await is_settled(cooperative)

    told = await reads(cooperative, DRIVER, PATH)

    assert told["complete"] is True
    assert brought(told) == [
        ("Cisuru", "Bu Tuti", 20 * KG),
        ("Serang", "Bu Sari", 20 * KG),
        ("Mulyadadi", "Bu Wati", 20 * KG),
    ]
    cisuru, serang, _ = told["villages"]
    assert cisuru["collection"] is None
    assert serang["collection"]["point_name"] == HALL.name
    (line,) = serang["lots"][0]["lines"]
    assert (line["line_id"], line["order_code"], line["quantity"]) == (
        str(LINE),
        short_code(ORDER),
        20 * KG,
    )


async def test_a_pick_list_says_that_commitments_are_awaited(cooperative: ServiceUnderTest) -> None:
    await is_firm(cooperative)

    told = await reads(cooperative, MANAGER, PATH)

    assert (told["complete"], told["villages"]) == (False, [])


async def test_before_firm_there_is_nothing_to_bring(cooperative: ServiceUnderTest) -> None:
    answer = await gets(cooperative, PATH)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-firm-yet")


async def test_an_assistant_reads_of_the_villages_served_and_strangers_nothing(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)

    assert brought(await reads(cooperative, DARTO_CALLS, PATH)) == [("Mulyadadi", "Bu Wati", 20 * KG)]
    assert brought(await reads(cooperative, DRIVER, f"{PATH}?village={CISURU}")) == [
        ("Cisuru", "Bu Tuti", 20 * KG)
    ]
    for path in (PATH, f"{PATH}.csv", f"{PATH}.html?village={SERANG}"):
        assert (await gets(cooperative, path, OTHER_MANAGER)).status_code == 404
        assert (await gets(cooperative, path, SARI_CALLS)).status_code == 403


async def test_a_spreadsheet_gets_a_row_per_lot_and_line_and_no_formula(
    cooperative: ServiceUnderTest,
) -> None:
    await collects(cooperative, SERANG)
    await is_settled(cooperative)
    async with cooperative.tx() as tx:
        named = update(members).where(members.c.person_id == SARI)
        await tx.execute(named.values(name='=HYPERLINK("x")'))

    answer = await gets(cooperative, f"{PATH}.csv")

    rows = list(csv.DictReader(StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert [row["quantity"] for row in rows] == ["20000"] * 3
    assert rows[1]["seller"] == '\'=HYPERLINK("x")'
    assert (rows[1]["point"], rows[0]["point"]) == (HALL.name, "")


@pytest.mark.parametrize(("language", "word"), [("id", "Daftar ambil"), ("en", "Pick list")])
async def test_a_page_to_print_has_a_qr_code_that_says_the_lot_code(
    cooperative: ServiceUnderTest, language: str, word: str
) -> None:
    await collects(cooperative, SERANG)
    await is_settled(cooperative)
    async with cooperative.tx() as tx:
        named = update(members).where(members.c.person_id == SARI)
        await tx.execute(named.values(name="<script>Bu Sari"))

    answer = await gets(cooperative, f"{PATH}.html?village={SERANG}", language=language)

    assert answer.headers["content-type"].startswith("text/html")
    assert word in answer.text
    code = segno.make_qr(lot(SARI, KG).code, error="m").svg_inline(scale=3, border=2)
    assert answer.text.count("<svg") == 1
    assert code in answer.text
    assert "&lt;script&gt;Bu Sari" in answer.text
    assert "http" not in answer.text


async def test_a_page_to_print_is_of_all_villages_unless_one_is_named(cooperative: ServiceUnderTest) -> None:
    await is_settled(cooperative)

    assert (await gets(cooperative, f"{PATH}.html")).text.count("<svg") == 3


async def test_a_window_that_nobody_announced_has_no_pick_list(cooperative: ServiceUnderTest) -> None:
    unknown = await gets(cooperative, f"/windows/{UUID(int=9)}/pick-list")
    assert unknown.status_code == 404
