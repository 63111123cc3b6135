"""The people, windows, commodities and facts that the tests of orders speak of."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.chassis.access import Caller
from services.orders.domain import Commodity, Line, Order, Window, Wish, lines_of, place

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
A_SECOND = timedelta(seconds=1)

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
