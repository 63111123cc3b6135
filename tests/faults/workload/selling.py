"""What sellers do: list, correct, reprice and withdraw lots, and answer what they are asked."""

import random

from tests.faults.workload.village import KG, LISTED_ONLY, SOLD, Lot, Village

LOT_KG = (3, 30)
HOT_KG = 60
FIRST_PRICE = 10_000
MOST_LISTED = 3_000
POISONED = 0.15


async def list_lot(
    village: Village, drawn: random.Random, seller: int, commodity: str, kg: int = 0
) -> Lot | None:
    command = village.clients.history.begin("catalog", "catalog.lot_listed.v1")
    wish = {
        "commodity_id": village.commodities[commodity],
        "village": village.village_of(seller),
        "quantity": (kg or drawn.randint(*LOT_KG)) * KG,
        "price": FIRST_PRICE + drawn.randrange(5_000),
        "certificates": [command.marker],
    } | ({"grade": drawn.choice("AB")} if commodity == SOLD else {})
    made = await village.clients.tell(command, village.token("seller", seller), "/lots", wish)
    if made is None:
        return None
    lot = Lot(made["id"], seller, commodity == SOLD)
    village.lots.append(lot)
    return lot


async def list_for_sale(village: Village, drawn: random.Random) -> None:
    if village.for_sale <= 0:
        return await list_aside(village, drawn)
    village.for_sale -= 1
    await list_lot(village, drawn, drawn.randrange(village.sellers), SOLD)
    return None


async def list_aside(village: Village, drawn: random.Random) -> None:
    """A lot that no window asks for: events without end, and no weight on a sharing."""
    await list_lot(village, drawn, drawn.randrange(village.sellers), LISTED_ONLY)


async def correct(village: Village, drawn: random.Random, lot: Lot | None = None) -> None:
    lot, contends = lot or _any(village, drawn), lot is not None
    command = village.clients.history.begin("catalog", "catalog.lot_corrected.v1", contends=contends)
    change = drawn.choice((-2, -1, 1, 2)) * KG
    token = village.token("seller", lot.seller)
    await village.clients.tell(
        command, token, f"/lots/{lot.id}/corrections", {"change": change, "reason": command.marker}
    )


def _any(village: Village, drawn: random.Random) -> Lot:
    if village.poisoned and drawn.random() < POISONED:
        return drawn.choice(village.poisoned)
    return drawn.choice(village.lots[-MOST_LISTED:])


async def contend(village: Village, drawn: random.Random) -> None:
    """All clients change one and the same lot, which every line would like to have too."""
    if village.hot is None:
        return
    if drawn.random() < 0.7:
        await correct(village, drawn, village.hot)
    else:
        await reprice(village, drawn, village.hot)


async def reprice(village: Village, drawn: random.Random, lot: Lot | None = None) -> None:
    lot, contends = lot or _any(village, drawn), lot is not None
    command = village.clients.history.begin("catalog", "catalog.lot_repriced.v1", contends=contends)
    price = FIRST_PRICE + 10_000 + command.number
    command.marker = f"price-{price}"
    token = village.token("seller", lot.seller)
    await village.clients.tell(command, token, f"/lots/{lot.id}/price", {"price": price})


async def withdraw(village: Village, drawn: random.Random) -> None:
    lot = drawn.choice(village.lots)
    if lot is village.hot:
        return
    command = village.clients.history.begin("catalog", "catalog.lot_withdrawn.v1")
    token = village.token("seller", lot.seller)
    told = await village.clients.tell(
        command, token, f"/lots/{lot.id}/withdrawal", {"reason": command.marker}
    )
    if told and lot in village.lots:
        village.lots.remove(lot)


async def answer(village: Village, drawn: random.Random) -> None:
    """Look at what one seller is asked, and answer most of it; some answer twice."""
    token = village.token("seller", drawn.randrange(village.sellers))
    page = await village.clients.read(token, "cooperative", "/shares", status="offered", limit=50)
    for share in page["items"] if page else []:
        if share["can_answer"] and drawn.random() < 0.9:
            await _say(village, drawn, token, share)


async def _say(village: Village, drawn: random.Random, token: str, share: dict[str, object]) -> None:
    said = drawn.choices((1, 2, 3), (8, 1, 1))[0]
    body = {"answer": said}
    if said == 2:
        body["quantity"] = KG
    word = {1: "accepted", 2: "reduced", 3: "declined"}[said]
    command = village.clients.history.begin(
        "cooperative", "cooperative.share_answered.v1", f"{share['id']}:{word}"
    )
    await village.clients.tell(command, token, f"/shares/{share['id']}/answer", body)
