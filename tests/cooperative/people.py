"""The cooperative of three villages that its tests speak of: its people, commodities, lots, orders and window."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.chassis.access import Caller
from services.cooperative.domain import Commodity, Cooperative, Member, Role, Village, Window
from services.cooperative.events import (
    BookClosed,
    BookedOrder,
    HoldRefused,
    LotListed,
    OrderedLine,
    OrderPlaced,
    StockCommitted,
    StockHeld,
)
from tests.harness.service import ServiceUnderTest

COOPERATIVE = UUID("01920000-0000-7000-8000-00000000c001")
WINDOW = UUID("01920000-0000-7000-8000-00000000aa01")
CHILLI = UUID("01920000-0000-7000-8000-00000000d001")
BASKET = UUID("01920000-0000-7000-8000-00000000d002")
SARI, TUTI, WATI = (UUID(f"01920000-0000-7000-8000-00000000050{n}") for n in (1, 2, 3))
DARTO = UUID("01920000-0000-7000-8000-000000000601")
KITCHEN = UUID("01920000-0000-7000-8000-000000000701")
ORDER, OTHER_ORDER = (UUID(f"01920000-0000-7000-8000-00000000b00{n}") for n in (1, 2))
LINE, OTHER_LINE = (UUID(f"01920000-0000-7000-8000-00000000bb0{n}") for n in (1, 2))
LOTS = {person: UUID(int=person.int + 0xE000) for person in (SARI, TUTI, WATI)}
SERANG, CISURU, MULYADADI = "33.01.18.2006", "33.01.18.2004", "33.01.18.2007"
VILLAGE_OF = {SARI: SERANG, TUTI: CISURU, WATI: MULYADADI}
KG = 1000

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
CLOSES = NOON + timedelta(hours=1)
ANSWER_BY = NOON + timedelta(hours=4)
FIRM = NOON + timedelta(hours=10)
ROUND = timedelta(minutes=60)
DELIVERY = date(2026, 11, 26)

OPERATOR = Caller(UUID(int=1), "operator")
MANAGER = Caller(UUID(int=2), "manager", (), COOPERATIVE)
OTHER_MANAGER = Caller(UUID(int=3), "manager", (), UUID(int=4))
BUYER = Caller(KITCHEN, "buyer")
SARI_CALLS, TUTI_CALLS, WATI_CALLS = (
    Caller(person, "seller", (VILLAGE_OF[person],), COOPERATIVE) for person in (SARI, TUTI, WATI)
)
CALLS = {SARI: SARI_CALLS, TUTI: TUTI_CALLS, WATI: WATI_CALLS}
DARTO_FOR_WATI = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE, on_behalf_of=WATI)
DARTO_FOR_SARI = Caller(DARTO, "assistant", (MULYADADI,), COOPERATIVE, on_behalf_of=SARI)


def window(**other: Any) -> Window:
    known: dict[str, Any] = {
        "id": WINDOW,
        "cooperative_id": COOPERATIVE,
        "name": "Kamis",
        "commodity_ids": [CHILLI, BASKET],
        "delivery_day": DELIVERY,
        "opens_at": NOON,
        "closes_at": CLOSES,
        "answer_by": ANSWER_BY,
        "round_minutes": 60,
        "firm_at": FIRM,
        "time_zone": "Asia/Jakarta",
    }
    return Window(**(known | other))


def chilli() -> Commodity:
    return Commodity(
        id=CHILLI,
        cooperative_id=COOPERATIVE,
        name="Cabai merah",
        unit="g",
        per=KG,
        grades=["A", "B"],
        selling_units=[{"name": "karung", "quantity": 50 * KG}],
        step=KG,
        reference_price=36_000,
        dated=True,
    )


def basket() -> Commodity:
    return Commodity(
        id=BASKET,
        cooperative_id=COOPERATIVE,
        name="Keranjang bambu",
        unit="buah",
        per=1,
        grades=[],
        selling_units=[],
        step=1,
        reference_price=85_000,
        dated=False,
    )


def ordered(quantity: int = 60 * KG, line_id: UUID = LINE, **other: Any) -> OrderedLine:
    known: dict[str, Any] = {
        "line_id": line_id,
        "commodity_id": CHILLI,
        "commodity_name": "Cabai merah",
        "unit": "g",
        "grade": "A",
        "quantity": quantity,
        "cap": 38_000,
        "per": KG,
        "certificates": (),
    }
    return OrderedLine(**(known | other))


def placed(
    quantity: int = 60 * KG, order_id: UUID = ORDER, line_id: UUID = LINE, **other: Any
) -> OrderPlaced:
    return OrderPlaced(
        order_id=order_id,
        version=1,
        buyer_id=KITCHEN,
        window_id=WINDOW,
        lines=(ordered(quantity, line_id, **other),),
        placed_at=NOON + timedelta(minutes=1 if order_id == ORDER else 2),
    )


def book(*orders: tuple[UUID, int]) -> BookClosed:
    entries = sorted(orders or [(ORDER, 1)])
    told = "".join(f"{order_id}:{version}\n" for order_id, version in entries)
    return BookClosed(
        window_id=WINDOW,
        version=1,
        closed_at=CLOSES,
        orders=tuple(BookedOrder(order_id=order_id, version=version) for order_id, version in entries),
        digest=sha256(told.encode()).hexdigest(),
    )


def lot(person: UUID, quantity: int, **other: Any) -> LotListed:
    known: dict[str, Any] = {
        "lot_id": LOTS[person],
        "version": 1,
        "code": f"{person.int % 10:04}-{person.int % 10:04}",
        "cooperative_id": COOPERATIVE,
        "seller_id": person,
        "village": VILLAGE_OF[person],
        "commodity_id": CHILLI,
        "per": KG,
        "grade": "A",
        "quantity": quantity,
        "price": 35_000,
        "ready_on": date(2026, 11, 22),
        "expires_on": date(2026, 11, 30),
        "certificates": (),
    }
    return LotListed(**(known | other))


def held(wanted: dict[str, Any], held: int | None = None, *, left: int = 0, version: int = 2) -> StockHeld:
    """Catalog's answer to a hold wanted."""
    return StockHeld(
        lot_id=UUID(wanted["lot_id"]),
        share_id=UUID(wanted["share_id"]),
        version=version,
        held=wanted["quantity"] if held is None else held,
        available=left,
    )


def refused(wanted: dict[str, Any], version: int = 2) -> HoldRefused:
    return HoldRefused(
        lot_id=UUID(wanted["lot_id"]), share_id=UUID(wanted["share_id"]), version=version, available=0
    )


def committed(
    wanted: dict[str, Any], committed: int | None = None, *, left: int = 0, version: int = 3
) -> StockCommitted:
    """Catalog's answer to a commit wanted."""
    return StockCommitted(
        lot_id=UUID(wanted["lot_id"]),
        share_id=UUID(wanted["share_id"]),
        version=version,
        committed=wanted["quantity"] if committed is None else committed,
        available=left,
    )


async def founded(service: ServiceUnderTest) -> None:
    """The cooperative with its villages, members, commodities and one announced window."""
    service.moves_to(NOON)
    async with service.tx() as tx:
        tx.add(Cooperative(COOPERATIVE, "Koperasi Cipari", "33.01.18", MANAGER.id, NOON))
        await tx.flush()
        for number, (code, name) in enumerate(
            [(SERANG, "Serang"), (CISURU, "Cisuru"), (MULYADADI, "Mulyadadi")], start=1
        ):
            tx.add(Village(UUID(int=number), COOPERATIVE, code, name))
        await tx.flush()
        for person, name in [(SARI, "Bu Sari"), (TUTI, "Bu Tuti"), (WATI, "Bu Wati")]:
            tx.add(Member(person, COOPERATIVE, person, VILLAGE_OF[person], Role.SELLER, name))
        tx.add(Member(DARTO, COOPERATIVE, DARTO, MULYADADI, Role.ASSISTANT, "Pak Darto"))
        announced = window()
        for listed in (chilli(), basket()):
            listed.listed()
            tx.add(listed)
        announced.announced(NOON)
        tx.add(announced)
        await tx.schedule("firm", WINDOW, FIRM)
