"""The cooperative of three villages that its tests speak of: its people, commodities, lots, orders and window."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.chassis.access import Caller
from services.cooperative.domain import Commodity, Cooperative, Member, Role, Village, Window
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
