"""What the page of a link keeps to itself, that nothing written on it can do harm, and how small it is."""

import gzip
from uuid import UUID

from services.orders.events import VillagePart
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    announced,
    answered,
    called_off,
    chilli_body,
    chilli_listed,
    filled,
    places,
)
from tests.orders.following import Read, changes, link_to, lives_through, opens, page_of
from tests.orders.people import CLOSES, DEWI, DEWI_CALLS, KG, NOBODYS, OPENS, WINDOW

HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}{0}%s<img src=x onerror=alert(1)>"
LARGEST = 30_000
"""Bytes that a phone fetches for all of it."""


async def test_the_page_holds_no_id_no_actor_no_price_and_not_its_own_secret(
    orders: ServiceUnderTest,
) -> None:
    order_id = await lives_through(orders)
    made = await link_to(orders, order_id)

    for language in ("id", "en"):
        html = (await opens(orders, made["path"], language=language)).text
        hidden = (
            order_id,
            str(DEWI),
            str(WINDOW),
            made["path"],
            "buyer",
            "service:",
            "38.000",
            "38,000",
            "Rp",
        )
        assert [secret for secret in hidden if secret in html] == []


async def test_what_people_wrote_stays_text_whatever_it_says(orders: ServiceUnderTest) -> None:
    nameless = chilli_listed(version=2).model_copy(update={"name": HOSTILE})
    window = announced(NOBODYS, OPENS, CLOSES).model_copy(update={"name": HOSTILE})
    await orders.receives(nameless, window)
    line = chilli_body(certificates=[HOSTILE[:60]])
    placed = await places(orders, DEWI_CALLS, line, window_id=NOBODYS)
    await orders.falls_due(CLOSES)
    told = filled(UUID(placed["lines"][0]["line_id"]), UUID(placed["id"])).model_copy(
        update={
            "commodity_name": HOSTILE,
            "villages": (VillagePart(village="33.01.18.2006", name=HOSTILE, quantity=500 * KG),),
        }
    )
    await orders.receives(told)
    await orders.receives(called_off(NOBODYS).model_copy(update={"reason": HOSTILE}))

    page = Read((await page_of(orders, placed["id"])).text)

    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert HOSTILE in page.texts
    assert f"500 kg dari {HOSTILE}" in page.texts
    assert "49" not in " ".join(page.texts)


async def test_a_page_may_neither_load_nor_send_nor_be_framed_found_or_passed_on(
    orders: ServiceUnderTest,
) -> None:
    made = await link_to(orders, (await places(orders))["id"])

    for answer in (await opens(orders, made["path"]), await opens(orders, "/lacak/ABCD-EFGH")):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] in {"private, no-cache", "no-store"}


async def test_everything_of_the_page_is_one_answer_of_at_most_30_kilobytes(orders: ServiceUnderTest) -> None:
    page = await page_of(orders, await lives_through(orders))

    wanted = [
        value for name, value in Read(page.text).attributes if name in {"src", "href", "srcset", "data"}
    ]
    assert [one for one in wanted if one not in {"data:,", "#main", "?lang=id", "?lang=en"}] == []
    assert len(page.text.encode()) <= LARGEST
    assert len(gzip.compress(page.text.encode(), mtime=0)) <= LARGEST / 4


async def test_the_largest_order_from_a_dozen_villages_changed_often_takes_no_more(
    orders: ServiceUnderTest,
) -> None:
    lines = [chilli_body((100 + number) * KG) for number in range(50)]
    placed = await places(orders, DEWI_CALLS, *lines)
    for version in range(1, 9):
        await changes(orders, placed["id"], version, *range(100 + version, 150 + version))
    async with orders.client(DEWI_CALLS) as client:
        placed = answered(await client.get(f"/orders/{placed['id']}"))
    await orders.falls_due(CLOSES)
    villages = tuple(
        VillagePart(village=f"33.01.18.20{n:02}", name=f"Desa Nomor {n}", quantity=KG) for n in range(12)
    )
    for line in placed["lines"]:
        told = filled(UUID(line["line_id"]), UUID(placed["id"])).model_copy(update={"villages": villages})
        await orders.receives(told.model_copy(update={"filled": line["quantity"]}))
    path = (await link_to(orders, placed["id"]))["path"]

    raw = await opens(orders, path, **{"Accept-Encoding": "gzip"})

    assert raw.headers["content-encoding"] == "gzip"
    assert raw.num_bytes_downloaded <= LARGEST


async def test_a_change_of_the_price_alone_tells_nothing_of_it(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        lines = [chilli_body() | {"cap": 41_000}]
        answered(await client.put(f"/orders/{placed['id']}", json={"lines": lines}))

    page = await page_of(orders, placed["id"])

    assert "Pesanan diubah. Tidak lagi: tidak ada. Sekarang: tidak ada." in page.text
    assert "41" not in "".join(Read(page.text).texts[3:-2])
