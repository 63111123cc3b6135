"""Facts of others that orders hears, and what buyers send and are answered."""

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import httpx

from services.chassis.access import Caller
from services.orders.events import (
    CloseWanted,
    CommodityListed,
    LineCollected,
    LineFilled,
    LineShort,
    LotListed,
    TooSmall,
    VillagePart,
    WindowAnnounced,
    WindowCalledOff,
)
from tests.harness.service import ServiceUnderTest
from tests.orders.people import (
    BASKET,
    BASKET_LINE,
    CHILLI,
    CHILLI_LINE,
    CLOSES,
    COOPERATIVE,
    DELIVERY,
    DEWI_CALLS,
    KG,
    NOBODYS,
    OPENS,
    ORDER,
    RICE,
    WINDOW,
)

REASON = {"reason": "Acara ditunda"}


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


def close_wanted(at: datetime, window_id: UUID = WINDOW, version: int = 2) -> CloseWanted:
    return CloseWanted(window_id=window_id, version=version, closes_at=at)


def too_small(window_id: UUID = WINDOW, orders: Literal["cancel", "wait"] = "wait") -> WindowCalledOff:
    totals = TooSmall(total=4_210_000, smallest_total=5_000_000)
    return called_off(window_id).model_copy(update={"orders": orders, "too_small": totals})


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


def collected(
    got: int, *, of: int = 500 * KG, less: str | None = "SHORT_WEIGHT", version: int = 2, **ids: UUID
) -> LineCollected:
    known = {"line_id": CHILLI_LINE, "order_id": ORDER} | ids
    return LineCollected(
        **known,
        version=version,
        commodity_name="Cabai merah",
        unit="g",
        promised=of,
        filled=got,
        villages=(VillagePart(village="33.01.18.2006", name="Serang", quantity=got),) if got else (),
        less=less,
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
