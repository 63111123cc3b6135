"""What a buyer reads of his order, from placing to the last kilogram, in the language he asks for."""

from uuid import UUID

from tests.harness.service import ServiceUnderTest
from tests.orders.facts import answered, chilli_body, filled, places, sees, short
from tests.orders.people import BASKET, CLOSES, DEWI_CALLS, KG

BASKETS = {"commodity_id": str(BASKET), "quantity": 40, "cap": 90_000}


async def _lived_through(orders: ServiceUnderTest) -> str:
    """An order that was placed, changed, closed in the book, filled in one line and short in the other."""
    placed = await places(orders, DEWI_CALLS, chilli_body(600 * KG))
    path = f"/orders/{placed['id']}"
    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        changed = answered(await client.put(path, json={"lines": [chilli_body(), BASKETS]}))
    await orders.falls_due(CLOSES)
    chilli, baskets = (UUID(line["line_id"]) for line in changed["lines"])
    order_id = UUID(placed["id"])
    await orders.receives(filled(chilli, order_id), short(baskets, order_id))
    return f"{path}/timeline"


async def test_a_timeline_tells_everything_in_indonesian(orders: ServiceUnderTest) -> None:
    path = await _lived_through(orders)

    told = await sees(orders, path, language="id")

    assert [entry["sentence"] for entry in told] == [
        "Pesanan dibuat: 600 kg Cabai merah mutu A, paling mahal Rp38.000/kg.",
        "Pesanan diubah. Tidak lagi: 600 kg Cabai merah mutu A, paling mahal Rp38.000/kg. "
        "Sekarang: 500 kg Cabai merah mutu A, paling mahal Rp38.000/kg; "
        "40 buah Keranjang bambu, paling mahal Rp90.000/buah.",
        "Buku Pasar Sabtu Cipari ditutup, pesanan ini ada di dalamnya. Sekarang dibagi ke para penjual.",
        "Cabai merah terpenuhi 500 kg: 200 kg dari Cisuru, 300 kg dari Serang.",
        "Keranjang bambu terpenuhi 26 buah dari 40 buah: 26 buah dari Mulyadadi. Kurang 14 buah: stok habis.",
    ]


async def test_a_timeline_tells_the_same_in_english(orders: ServiceUnderTest) -> None:
    path = await _lived_through(orders)

    told = await sees(orders, path)

    assert [entry["sentence"] for entry in told] == [entry["sentences"]["en"] for entry in told]
    assert told[0]["sentence"] == "The order was placed: 600 kg of Cabai merah grade A, Rp38,000/kg at most."
    assert told[-1]["sentence"] == (
        "Keranjang bambu is filled with 26 pieces of 40 pieces: 26 pieces from Mulyadadi. "
        "14 pieces missing: no stock is left."
    )


async def test_each_entry_says_when_and_in_which_role(orders: ServiceUnderTest) -> None:
    path = await _lived_through(orders)

    told = await sees(orders, path)

    assert [entry["role"] for entry in told] == ["buyer", "buyer", "service", "service", "service"]
    assert told[0]["at"].startswith("2026-11-24T05:00")
    assert told[2]["at"].startswith("2026-11-26T05:00")


async def test_a_change_that_changes_nothing_says_so(orders: ServiceUnderTest) -> None:
    path = f"/orders/{(await places(orders))['id']}"

    async with orders.client(DEWI_CALLS, **{"If-Match": '"1"'}) as client:
        answered(await client.put(path, json={"lines": [chilli_body()]}))

    told = await sees(orders, f"{path}/timeline")
    assert told[-1]["sentence"] == "The order was changed. No longer: nothing. Now: nothing."
