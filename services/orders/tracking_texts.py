"""What stands on the page where an order is followed, in Indonesian and English."""

from collections.abc import Mapping
from typing import Any

from services.chassis.timeline import Entry
from services.orders import texts
from services.orders.domain import Status, Step

WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "order": "Pesanan",
        "window": "Periode pesan",
        "delivery": "Hari antar",
        "steps": "Sampai di mana",
        "lines": "Yang dipesan",
        "grade": "mutu {grade}",
        "awaited": "Belum dibagi",
        "whole": "Lengkap",
        "less": "Kurang {missing}",
        "ended": "Tidak jadi",
        "told": "Yang terjadi, terbaru dulu",
        "earlier": "{count} kabar yang lebih lama tidak ditampilkan.",
        "address": "Alamat halaman ini",
        "until": "Bisa dilihat sampai {until}.",
    },
    "en": {
        "order": "Order",
        "window": "Order window",
        "delivery": "Delivery day",
        "steps": "Where it stands",
        "lines": "What was ordered",
        "grade": "grade {grade}",
        "awaited": "Not shared out yet",
        "whole": "All of it",
        "less": "{missing} missing",
        "ended": "Called off",
        "told": "What happened, latest first",
        "earlier": "{count} earlier entries are not shown.",
        "address": "This page's address",
        "until": "It can be seen until {until}.",
    },
}

STANDS: Mapping[Status, Mapping[str, str]] = {
    Status.WAITING: {
        "id": "Periode ini dibatalkan. Pesanan menunggu periode berikutnya, dan hari antarnya belum ada.",
        "en": "This window was called off. The order waits for the next one, and has no delivery day yet.",
    },
    Status.PLACED: {
        "id": "Pesanan diterima. Sampai buku ditutup {closes}, pesanan masih bisa diubah.",
        "en": "The order is placed. It can still be changed until the book closes, {closes}.",
    },
    Status.IN_BOOK: {
        "id": "Buku sudah ditutup. Pesanan sedang dibagi ke para penjual di desa.",
        "en": "The book is closed. The order is being shared out among sellers in the villages.",
    },
    Status.FILLED: {
        "id": "Semua yang dipesan sudah pasti ada.",
        "en": "All that was ordered is certain to come.",
    },
    Status.PARTLY: {
        "id": "Sebagian pesanan sudah pasti ada, sebagian tidak.",
        "en": "Some of the order is certain to come, some of it does not.",
    },
    Status.SHORT: {
        "id": "Tidak ada yang bisa dipenuhi dari pesanan ini.",
        "en": "Nothing of this order can be filled.",
    },
    Status.CANCELLED: {
        "id": "Pesanan ini dibatalkan.",
        "en": "This order was cancelled.",
    },
}

STEPS: Mapping[Step, Mapping[str, str]] = {
    Step.ORDERED: {"id": "Dipesan", "en": "Ordered"},
    Step.SHARED: {"id": "Dibagi", "en": "Shared out"},
    Step.FIRM: {"id": "Dipastikan", "en": "Certain"},
}

_NOT_SHOWN = (texts.TRACKING_MADE, texts.TRACKING_REVOKED)
_WISHES = ("lines", "gone", "come")
Facts = Mapping[str, Any]


def is_shown(entry: Entry) -> bool:
    """Links themselves are between their buyer and us."""
    return entry.what not in _NOT_SHOWN


def sentence(entry: Entry, language: str) -> str:
    """An entry as whoever holds a link reads it: without what the buyer would pay at most."""
    facts = {name: _uncapped(value) if name in _WISHES else value for name, value in entry.facts.items()}
    if {"gone", "come"} <= facts.keys():
        facts = _really_changed(facts)
    return texts.sentence(Entry(entry.at, entry.what, entry.actor, entry.on_behalf_of, facts), language)


def _uncapped(lines: list[Facts]) -> list[Facts]:
    return [{name: value for name, value in line.items() if name != "cap"} for line in lines]


def _really_changed(facts: Facts) -> dict[str, Any]:
    gone, come = facts["gone"], facts["come"]
    return {
        "gone": [one for one in gone if one not in come],
        "come": [one for one in come if one not in gone],
    }
