"""What the page of a link tells, in both languages, and when it tells nothing new."""

from uuid import UUID

import pytest

from services.orders.api.tracking_page import MOST_ENTRIES
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    called_off,
    places,
    short,
)
from tests.orders.following import Read, changes, link_to, lives_through, opens, page_of
from tests.orders.people import BASKET, CLOSES, DEWI_CALLS

RELOAD = "Muat ulang halaman ini untuk melihat kabar terbaru."


async def test_the_page_tells_the_whole_story_in_indonesian(orders: ServiceUnderTest) -> None:
    shown = await page_of(orders, await lives_through(orders))

    texts = Read(shown.text).texts
    assert texts[texts.index("Pesanan") : texts.index(RELOAD)] == [
        "Pesanan",
        Read(shown.text).texts[0].partition(" ")[2].partition(" ")[0],
        "Sebagian pesanan sudah pasti ada, sebagian tidak.",
        *("Dipesan", "Dibagi", "Dipastikan"),
        *("Hari antar", "Sabtu 28 Nov 2026", "Periode pesan", "Pasar Sabtu Cipari"),
        "Yang dipesan",
        *("Cabai merah", "Lengkap", "500 kg, mutu A", "200 kg dari Cisuru", "300 kg dari Serang"),
        *("Keranjang bambu", "Kurang 14 buah", "40 buah", "26 buah dari Mulyadadi", "Stok habis."),
        "Yang terjadi, terbaru dulu",
        "Keranjang bambu terpenuhi 26 buah dari 40 buah: 26 buah dari Mulyadadi. Kurang 14 buah: stok habis.",
        "Jumat 27 Nov 2026 pukul 12.00 WIB",
        "Cabai merah terpenuhi 500 kg: 200 kg dari Cisuru, 300 kg dari Serang.",
        "Jumat 27 Nov 2026 pukul 12.00 WIB",
        "Buku Pasar Sabtu Cipari ditutup, pesanan ini ada di dalamnya. Sekarang dibagi ke para penjual.",
        "Kamis 26 Nov 2026 pukul 12.00 WIB",
        "Pesanan diubah. Tidak lagi: 600 kg Cabai merah mutu A. "
        "Sekarang: 500 kg Cabai merah mutu A; 40 buah Keranjang bambu.",
        "Selasa 24 Nov 2026 pukul 12.00 WIB",
        "Pesanan dibuat: 600 kg Cabai merah mutu A.",
        "Selasa 24 Nov 2026 pukul 12.00 WIB",
    ]
    assert '<html lang="id">' in shown.text
    assert shown.headers["content-language"] == "id"


async def test_the_page_tells_the_same_in_english(orders: ServiceUnderTest) -> None:
    shown = await page_of(orders, await lives_through(orders), "en")

    texts = Read(shown.text).texts
    for said in (
        "Some of the order is certain to come, some of it does not.",
        *("Ordered", "Shared out", "Certain"),
        *("Delivery day", "Sat 28 Nov 2026"),
        *("500 kg, grade A", "All of it", "200 kg from Cisuru", "300 kg from Serang"),
        *("40 pieces", "14 pieces missing", "26 pieces from Mulyadadi", "No stock is left."),
        "Cabai merah is filled with 500 kg: 200 kg from Cisuru, 300 kg from Serang.",
        "The order was placed: 600 kg of Cabai merah grade A.",
        "Fri 27 Nov 2026 at 12:00 WIB",
    ):
        assert said in texts
    assert '<html lang="en">' in shown.text


async def test_the_language_chosen_on_the_page_goes_before_the_browsers(orders: ServiceUnderTest) -> None:
    path = (await link_to(orders, (await places(orders))["id"]))["path"]

    indonesian = await opens(orders, f"{path}?lang=id", language="en")
    english = await opens(orders, f"{path}?lang=en", language="id")
    neither = await opens(orders, f"{path}?lang=fr&fbclid=abc&utm_source=wa", language="id")

    assert ["Pesanan diterima." in one.text for one in (indonesian, english, neither)] == [True, False, True]
    for one in (indonesian, english):
        assert Read(one.text).attributes.count(("aria-current", "true")) == 1
        assert {("href", "?lang=id"), ("href", "?lang=en")} <= set(Read(one.text).attributes)


async def test_an_open_order_says_until_when_it_can_be_changed_and_what_waits(
    orders: ServiceUnderTest,
) -> None:
    texts = Read((await page_of(orders, (await places(orders))["id"])).text).texts

    assert (
        "Pesanan diterima. Sampai buku ditutup Kamis 26 Nov 2026 pukul 12.00 WIB, pesanan masih bisa diubah."
        in texts
    )
    assert "Belum dibagi" in texts


async def test_an_order_in_the_book_is_being_shared(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    page = await page_of(orders, placed["id"])

    assert "Pesanan sedang dibagi ke para penjual di desa." in page.text
    assert '<li class="done" aria-current="step">Dibagi</li>' in page.text


async def test_a_cancelled_order_says_why_and_promises_no_delivery(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    await orders.receives(called_off())

    texts = Read((await page_of(orders, placed["id"])).text).texts

    assert {"Pesanan ini dibatalkan.", "Tidak jadi"} <= set(texts)
    assert "Periode pesan dibatalkan, jadi pesanan ini juga batal: Jembatan putus" in texts
    assert not {"Hari antar", "Dipesan", "Dipastikan"} & set(texts)


async def test_an_order_of_which_nothing_comes_promises_no_delivery(orders: ServiceUnderTest) -> None:
    placed = await places(orders, DEWI_CALLS, {"commodity_id": str(BASKET), "quantity": 40, "cap": 90_000})
    await orders.falls_due(CLOSES)
    line = UUID(placed["lines"][0]["line_id"])
    await orders.receives(short(line, UUID(placed["id"]), got=0, reason="NO_ELIGIBLE_LOT"))

    texts = Read((await page_of(orders, placed["id"])).text).texts

    assert {"Tidak ada yang bisa dipenuhi dari pesanan ini.", "Kurang 40 buah"} <= set(texts)
    assert "Tidak ada lot yang memenuhi syarat." in texts
    assert "Hari antar" not in texts


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_who_has_the_page_is_told_that_nothing_is_new_until_something_is(
    orders: ServiceUnderTest, encoding: str
) -> None:
    placed = await places(orders)
    path = (await link_to(orders, placed["id"]))["path"]
    first = await opens(orders, path, **{"Accept-Encoding": encoding})
    has = {"Accept-Encoding": encoding, "If-None-Match": first.headers["etag"]}

    same = await opens(orders, path, **has)
    await changes(orders, placed["id"], 1, 400)
    fresh = await opens(orders, path, **has)
    other_language = await opens(orders, path, language="en", **has)

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (fresh.status_code, other_language.status_code) == (200, 200)
    assert "400 kg Cabai merah" in fresh.text


async def test_of_an_order_that_was_changed_often_the_latest_is_shown(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    for version in range(1, MOST_ENTRIES + 3):
        await changes(orders, placed["id"], version, 100 + version)

    page = Read((await page_of(orders, placed["id"])).text)

    assert page.tags.count("time") == MOST_ENTRIES
    assert "3 kabar yang lebih lama tidak ditampilkan." in page.texts
