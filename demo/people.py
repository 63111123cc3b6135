"""Who takes part in the story: three villages of Kecamatan Cipari, their sellers, three buyers in the city."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

Answer = Literal[1, 2, 3]

DISTRICT = "33.01.18"
ZONE = "Asia/Jakarta"
SERANG, CISURU, MULYADADI = "33.01.18.2006", "33.01.18.2004", "33.01.18.2007"
VILLAGES = {SERANG: "Serang", CISURU: "Cisuru", MULYADADI: "Mulyadadi"}

KG = 1_000
CHILLI_ORDERED = 500 * KG
CHILLI_CAP = 38_000
BASKETS_ORDERED = 40
BASKET_CAP = 85_000
CHEAP_CHILLI = 30 * KG
CHEAP_CAP = 32_000


@dataclass(frozen=True, slots=True)
class Offer:
    """What a seller lists: grams of chilli with a grade, or baskets without; rupiah per kg or basket."""

    quantity: int
    price: int
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. `says` is a seller's answer to the first share (None: silent), `reduced_to` with a 2."""

    short: str
    name: str
    role: str
    village: str | None = None
    offer: Offer | None = None
    says: Answer | None = 1
    reduced_to: int | None = None
    has_phone: bool = True


def _chilli(short: str, name: str, village: str, kg: int, price: int, grade: str = "A") -> Person:
    return Person(short, name, "seller", village, Offer(kg * KG, price, grade))


def _weaver(short: str, name: str, village: str, baskets: int, price: int) -> Person:
    return Person(short, name, "seller", village, Offer(baskets, price))


OPERATOR = Person("operator", "Mas Operator", "operator")
MANAGER = Person("ratna", "Bu Ratna", "manager")
ASSISTANT = Person("bayu", "Mas Bayu", "assistant", CISURU)
KITCHEN = Person("dewi", "Dapur Kota (Bu Dewi)", "buyer")
HOTEL = Person("hendra", "Hotel Melati (Pak Hendra)", "buyer")
STALL = Person("nining", "Warung Sambal (Bu Nining)", "buyer")

DECLINES = Person("sari", "Bu Sari", "seller", SERANG, Offer(45 * KG, 35_500, "A"), says=3)
REDUCES = Person("yuni", "Bu Yuni", "seller", CISURU, Offer(60 * KG, 36_000, "A"), says=2, reduced_to=45 * KG)
SILENT = Person("wati", "Bu Wati", "seller", SERANG, Offer(35 * KG, 34_000, "A"), says=None)
WITHOUT_PHONE = Person(
    "minah", "Mbah Minah", "seller", CISURU, Offer(40 * KG, 33_000, "A"), says=1, has_phone=False
)

SELLERS = (
    DECLINES,
    SILENT,
    _chilli("karto", "Pak Karto", SERANG, 80, 36_500),
    _chilli("slamet", "Pak Slamet", SERANG, 90, 37_000),
    REDUCES,
    WITHOUT_PHONE,
    _chilli("darto", "Pak Darto", CISURU, 75, 35_000),
    _chilli("tarno", "Pak Tarno", CISURU, 20, 33_500),
    _chilli("rini", "Bu Rini", MULYADADI, 90, 36_000),
    _chilli("joko", "Pak Joko", MULYADADI, 85, 37_500),
    _chilli("siti", "Bu Siti", MULYADADI, 25, 29_500, "B"),
    _chilli("agus", "Pak Agus", MULYADADI, 30, 31_000, "B"),
    _weaver("painem", "Mbah Painem", SERANG, 15, 75_000),
    _weaver("lastri", "Bu Lastri", CISURU, 20, 80_000),
    _weaver("tuti", "Bu Tuti", MULYADADI, 10, 78_000),
)
BUYERS = (KITCHEN, HOTEL, STALL)
CAST = (OPERATOR, MANAGER, ASSISTANT, *SELLERS, *BUYERS)


def new_ids() -> dict[str, UUID]:
    """An id for each of the cast, by short name."""
    return {person.short: uuid4() for person in CAST}
