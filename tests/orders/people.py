"""The people, windows, commodities and facts that the tests of orders speak of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from services.chassis.access import Caller
from services.orders.domain import Commodity, Line, Order, Window, Wish, lines_of, place
from services.orders.events import (
    CommodityListed,
    LineFilled,
    LineShort,
    LotListed,
    VillagePart,
    WindowAnnounced,
    WindowCalledOff,
)
from tests.harness.service import ServiceUnderTest

COOPERATIVE = UUID("01920000-0000-7000-8000-00000000c001")
OTHER_COOPERATIVE = UUID("01920000-0000-7000-8000-00000000c002")
WINDOW = UUID("01920000-0000-7000-8000-0000000000a1")
CHILLI = UUID("01920000-0000-7000-8000-00000000d001")
BASKET = UUID("01920000-0000-7000-8000-00000000d002")
RICE = UUID("01920000-0000-7000-8000-00000000d003")
DEWI = UUID("01920000-0000-7000-8000-00000000b001")
HOTEL = UUID("01920000-0000-7000-8000-00000000b002")
ORDER = UUID("01920000-0000-7000-8000-0000000000e1")
CHILLI_LINE = UUID("01920000-0000-7000-8000-0000000000f1")
BASKET_LINE = UUID("01920000-0000-7000-8000-0000000000f2")
NOBODYS = UUID("01920000-0000-7000-8000-00000000ffff")

OPENS = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
DELIVERY = date(2026, 11, 28)
KG = 1000

DEWI_CALLS = Caller(DEWI, "buyer")
HOTEL_CALLS = Caller(HOTEL, "buyer")
MANAGER = Caller(UUID("01920000-0000-7000-8000-00000000b009"), "manager", (), COOPERATIVE)
OTHER_MANAGER = Caller(UUID("01920000-0000-7000-8000-00000000b008"), "manager", (), OTHER_COOPERATIVE)


def chilli() -> Commodity:
    return Commodity(CHILLI, COOPERATIVE, "Cabai merah", "g", per=KG, step=KG, grades=("A", "B"))


def basket() -> Commodity:
    return Commodity(BASKET, COOPERATIVE, "Keranjang bambu", "buah", per=1, step=1)


KNOWN = {CHILLI: chilli(), BASKET: basket()}


def window() -> Window:
    return Window(
        id=WINDOW,
        cooperative_id=COOPERATIVE,
        code="ZJAY-YMGK",
        name="Pasar Sabtu Cipari",
        delivery_day=DELIVERY,
        opens_at=OPENS,
        closes_at=CLOSES,
        time_zone="Asia/Jakarta",
        commodity_ids=(CHILLI, BASKET),
    )


def chilli_wish(quantity: int = 500 * KG, grade: str | None = "A") -> Wish:
    return Wish(CHILLI_LINE, CHILLI, quantity, cap=38_000, grade=grade)


def basket_wish(quantity: int = 40) -> Wish:
    return Wish(BASKET_LINE, BASKET, quantity, cap=90_000)


def lines(*wishes: Wish) -> list[Line]:
    return lines_of(wishes or (chilli_wish(), basket_wish()), window(), KNOWN)


def placed_order(*wishes: Wish) -> Order:
    order, _ = place(ORDER, DEWI, lines(*wishes), window=window(), at=NOON)
    return order


def chilli_listed(version: int = 1, step: int = KG) -> CommodityListed:
    return CommodityListed(
        commodity_id=CHILLI,
        version=version,
        cooperative_id=COOPERATIVE,
        name="Cabai merah",
        unit="g",
        per=KG,
        grades=("A", "B"),
        step=step,
    )


def basket_listed() -> CommodityListed:
    return CommodityListed(
        commodity_id=BASKET,
        version=1,
        cooperative_id=COOPERATIVE,
        name="Keranjang bambu",
        unit="buah",
        per=1,
        grades=(),
        step=1,
    )


def rice_listed() -> CommodityListed:
    return basket_listed().model_copy(update={"commodity_id": RICE, "name": "Beras"})


def announced(
    window_id: UUID = WINDOW, opens_at: datetime = OPENS, closes_at: datetime = CLOSES, version: int = 1
) -> WindowAnnounced:
    return WindowAnnounced(
        window_id=window_id,
        version=version,
        cooperative_id=COOPERATIVE,
        code="ZJAY-YMGK",
        name="Pasar Sabtu Cipari",
        commodities=(CHILLI, BASKET),
        delivery_day=DELIVERY,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone="Asia/Jakarta",
    )


def called_off(window_id: UUID = WINDOW, version: int = 2) -> WindowCalledOff:
    return WindowCalledOff(window_id=window_id, version=version, reason="Jembatan putus")


def filled(line_id: UUID = CHILLI_LINE, order_id: UUID = ORDER, version: int = 1) -> LineFilled:
    return LineFilled(
        line_id=line_id,
        version=version,
        order_id=order_id,
        commodity_name="Cabai merah",
        unit="g",
        ordered=500 * KG,
        filled=500 * KG,
        villages=(
            VillagePart(village="33.01.18.2004", name="Cisuru", quantity=200 * KG),
            VillagePart(village="33.01.18.2006", name="Serang", quantity=300 * KG),
        ),
    )


def short(
    line_id: UUID = BASKET_LINE, order_id: UUID = ORDER, got: int = 26, reason: str = "NO_STOCK"
) -> LineShort:
    return LineShort(
        line_id=line_id,
        version=1,
        order_id=order_id,
        commodity_name="Keranjang bambu",
        unit="buah",
        ordered=40,
        filled=got,
        villages=(VillagePart(village="33.01.18.2007", name="Mulyadadi", quantity=got),) if got else (),
        missing=40 - got,
        reason=reason,
    )


def lot_listed(lot_id: UUID = NOBODYS, grade: str | None = "A", price: int = 36_000) -> LotListed:
    return LotListed(
        lot_id=lot_id,
        version=1,
        commodity_id=CHILLI,
        grade=grade,
        quantity=50 * KG,
        price=price,
        ready_on=date(2026, 11, 26),
        expires_on=date(2026, 11, 30),
        certificates=("organik",),
    )


def chilli_body(quantity: int = 500 * KG, **more: Any) -> dict[str, Any]:
    return {"commodity_id": str(CHILLI), "grade": "A", "quantity": quantity, "cap": 38_000, **more}


def order_body(*lines: dict[str, Any], window_id: UUID = WINDOW) -> dict[str, Any]:
    return {"window_id": str(window_id), "lines": list(lines) or [chilli_body()]}


async def places(
    orders: ServiceUnderTest, caller: Caller = DEWI_CALLS, *lines: dict[str, Any], window_id: UUID = WINDOW
) -> dict[str, Any]:
    """An order placed over HTTP, as answered."""
    async with orders.client(caller) as client:
        answer = await client.post("/orders", json=order_body(*lines, window_id=window_id))
    assert answer.status_code == 201, answer.text
    placed: dict[str, Any] = answer.json()
    return placed


async def sees(orders: ServiceUnderTest, path: str, caller: Caller = DEWI_CALLS, language: str = "en") -> Any:
    """What a caller is shown at an address."""
    async with orders.client(caller, **{"Accept-Language": language}) as client:
        return answered(await client.get(path))


def answered(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def since(moment: datetime, days: int = 0) -> datetime:
    return moment + timedelta(days=days)
