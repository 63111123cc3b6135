"""How quantities, money, days and moments are written for people, in Indonesian (`id`) and English (`en`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_LARGER = {"g": (1000, "kg"), "ml": (1000, "liter")}
_ENGLISH = {"liter": "l", "butir": "eggs", "ikat": "bunches", "buah": "pieces"}
_ENGLISH_ONE = {"liter": "l", "butir": "egg", "ikat": "bunch", "buah": "piece"}
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True)
class Both:
    """One thing in both languages: a refusal's templates say `{closes_at.id}` and `{closes_at.en}`."""

    id: str
    en: str


def both(write: Callable[..., str], *values: object) -> Both:
    """`both(amount, 62500, "g")`."""
    return Both(write(*values, "id"), write(*values, "en"))


def number(value: int, language: str, thousandths: int = 0) -> str:
    """`1250` with 500 thousandths: `1.250,5` in Indonesian, `1,250.5` in English."""
    fraction = f"{thousandths:03}".rstrip("0")
    english = f"{value:,}" + (f".{fraction}" if fraction else "")
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def amount(quantity: int, unit: str, language: str) -> str:
    """`62500` g: `62,5 kg`; `40` buah: `40 buah`, `40 pieces`."""
    size, name = _LARGER.get(unit, (1, unit))
    if 0 < quantity < size:
        size, name = 1, unit
    whole, rest = divmod(quantity, size)
    return f"{number(whole, language, rest * 1000 // size)} {_named(name, quantity // size, language)}"


def _named(name: str, count: int, language: str) -> str:
    if language == "id":
        return name
    return (_ENGLISH_ONE if count == 1 else _ENGLISH).get(name, name)


def rupiah(value: int, language: str) -> str:
    """`38000`: `Rp38.000` in Indonesian, `Rp38,000` in English."""
    return f"Rp{number(value, language)}"


def price(value: int, per: int, unit: str, language: str) -> str:
    """`38000` per 1000 g: `Rp38.000/kg`."""
    return f"{rupiah(value, language)}/{amount(per, unit, language).removeprefix('1 ')}"


def day(value: date, language: str) -> str:
    """`Jumat 27 Nov 2026`, `Fri 27 Nov 2026`."""
    return f"{_DAYS[language][value.weekday()]} {value.day} {_MONTHS[language][value.month - 1]} {value.year}"


def moment(at: datetime, zone: str, language: str) -> str:
    """A time of day where it happens: `Jumat 27 Nov 2026 pukul 10.00 WIB`, `Fri 27 Nov 2026 at 10:00 WIB`."""
    local = at.astimezone(ZoneInfo(zone))
    time = f"pukul {local:%H.%M}" if language == "id" else f"at {local:%H:%M}"
    return f"{day(local.date(), language)} {time} {_zone(local)}"


def _zone(local: datetime) -> str:
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0
    return next((name for name, of in _ZONES.items() if of == hours), f"{local:%Z}")
