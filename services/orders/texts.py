"""What a buyer reads in an order's timeline, in Indonesian and English."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.chassis.timeline import Entry
from services.chassis.wording import amount, moment, price, rupiah
from services.orders.domain import Line, Window
from services.orders.events import LineCollected, Outcome, WindowCalledOff

TRACKING_MADE, TRACKING_REVOKED = "orders.tracking_made", "orders.tracking_revoked"
CHANGED = "orders.changed.v1"
JOINED, CARRIED_OVER = "orders.joined", "orders.carried_over"
TEXTS: Mapping[str, Mapping[str, str]] = {
    "orders.placed.v1": {
        "id": "Pesanan dibuat: {lines}.",
        "en": "The order was placed: {lines}.",
    },
    CHANGED: {
        "id": "Pesanan diubah. Tidak lagi: {gone}. Sekarang: {come}.",
        "en": "The order was changed. No longer: {gone}. Now: {come}.",
    },
    "orders.waiting.v1": {
        "id": "Pesanan menunggu periode pesan berikutnya: {lines}.",
        "en": "The order waits for the next window: {lines}.",
    },
    JOINED: {
        "id": "Periode pesan {window} dibuka {due}; pesanan yang menunggu ini masuk ke dalamnya.",
        "en": "Window {window} opened {due}; this order had waited for it and is in it now.",
    },
    CARRIED_OVER: {
        "id": "Periode pesan dibatalkan: {reason}. Pesanan ini menunggu periode berikutnya.",
        "en": "The window was called off: {reason}. This order waits for the next one.",
    },
    "orders.withdrawn.v1": {
        "id": "Pesanan yang menunggu dibatalkan: {reason}",
        "en": "The order was cancelled while it waited: {reason}",
    },
    "orders.cancelled.v1": {
        "id": "Pesanan dibatalkan: {reason}",
        "en": "The order was cancelled: {reason}",
    },
    TRACKING_MADE: {
        "id": "Tautan lacak dibuat: siapa pun yang memegangnya bisa melihat pesanan ini.",
        "en": "A tracking link was made: whoever holds it can see this order.",
    },
    TRACKING_REVOKED: {
        "id": "Tautan lacak dicabut dan tidak berlaku lagi.",
        "en": "The tracking link was taken back and shows nothing any more.",
    },
    "orders.book_closed.v1": {
        "id": "Buku {window} ditutup, pesanan ini ada di dalamnya. Sekarang dibagi ke para penjual.",
        "en": "The book of {window} closed with this order in it. It is shared out among sellers now.",
    },
    "cooperative.window_called_off.v1": {
        "id": "Periode pesan dibatalkan, jadi pesanan ini juga batal: {reason}",
        "en": "The window was called off, and this order with it: {reason}",
    },
    "cooperative.order_left_out.v1": {
        "id": "Pesanan ini tidak ikut dibagi: {reason}. Tidak ada yang dikirim.",
        "en": "This order was left out of the sharing: {reason}. Nothing is delivered.",
    },
    "cooperative.line_filled.v1": {
        "id": "{commodity_name} terpenuhi {filled}: {villages}.",
        "en": "{commodity_name} is filled with {filled}: {villages}.",
    },
    "cooperative.line_short.v1": {
        "id": "{commodity_name} terpenuhi {filled} dari {ordered}: {villages}. Kurang {missing}: {reason}.",
        "en": "{commodity_name} is filled with {filled} of {ordered}: {villages}. {missing} missing: {reason}.",
    },
    "cooperative.line_collected.v1": {
        "id": "{commodity_name} sudah ditimbang: {filled} dari {promised} yang dipastikan, {less}. {villages}.",
        "en": "{commodity_name} was weighed: {filled} of {promised} that was final, {less}. {villages}.",
    },
}

AS_PROMISED = "AS_PROMISED"

REASONS: Mapping[str, Mapping[str, str]] = {
    "NO_STOCK": {"id": "stok habis", "en": "no stock is left"},
    "TOO_LATE": {
        "id": "penjual tidak bisa ditanya lagi sebelum pesanan dipastikan",
        "en": "sellers could not be asked again before the order was final",
    },
    "NOT_COMMITTED": {
        "id": "stok sudah tidak ada saat dipastikan",
        "en": "stock was gone when it was made final",
    },
    "CALLED_OFF": {"id": "periode pesan dibatalkan", "en": "the window was called off"},
    "LEFT_OUT": {
        "id": "data pesanan tidak sampai dengan utuh ke koperasi",
        "en": "its data did not reach the cooperative whole",
    },
    AS_PROMISED: {"id": "sesuai yang dipastikan", "en": "as was made final"},
    "SHORT_WEIGHT": {"id": "timbangannya kurang", "en": "it weighed less"},
    "WRONG_GRADE": {"id": "mutunya di bawah yang dipesan", "en": "its grade was below what was ordered"},
    "REJECTED": {"id": "ditolak saat ditimbang", "en": "it was rejected at the weighing"},
    "NO_ELIGIBLE_LOT": {"id": "tidak ada lot yang memenuhi syarat", "en": "no lot met what was asked"},
}

TOO_SMALL = {
    "id": "semua pesanan bersama {total}, padahal paling sedikit {smallest}",
    "en": "all orders together came to {total}, and it needed at least {smallest}",
}
NO_LOT_MEETS = {
    "id": "Belum ada lot {commodity_name} yang memenuhi mutu dan batas harga ini. Pesanan tetap diterima.",
    "en": "No lot of {commodity_name} known today meets this grade and cap. The order is accepted all the same.",
}

WISH = {"id": "{amount} {name}{grade}{cap}", "en": "{amount} of {name}{grade}{cap}"}
CAP = {"id": ", paling mahal {cap}", "en": ", {cap} at most"}
GRADE = {"id": " mutu {grade}", "en": " grade {grade}"}
FROM = {"id": "{amount} dari {name}", "en": "{amount} from {name}"}
NOTHING = {"id": "tidak ada", "en": "nothing"}

Kept = list[dict[str, Any]]


def kept(lines: Iterable[Line]) -> Kept:
    """What the timeline keeps of lines: words and numbers, no ids."""
    names = "commodity_name", "quantity", "unit", "grade", "cap", "per"
    return [{name: getattr(line, name) for name in names} for line in lines]


def difference(before: Kept, after: Kept) -> dict[str, Kept]:
    """What the timeline keeps of a change: only the lines that differ."""
    return {
        "gone": [line for line in before if line not in after],
        "come": [line for line in after if line not in before],
    }


def outcome(told: Outcome) -> dict[str, Any]:
    """What the timeline keeps of a line's outcome; of one that was collected as promised no reason."""
    if isinstance(told, LineCollected):
        as_said = {"less": (told.less if told.filled < told.promised else None) or AS_PROMISED}
        return told.model_dump(exclude={"line_id", "order_id", "version"}) | as_said
    return told.model_dump(exclude={"line_id", "order_id", "version"})


def called_off(told: WindowCalledOff) -> tuple[str, dict[str, Any]]:
    """What the timeline keeps of a window called off, and as what: its orders end with it, or wait."""
    facts: dict[str, Any] = {"reason": told.reason}
    if told.too_small:
        facts["too_small"] = told.too_small.model_dump()
    return (CARRIED_OVER if told.orders == "wait" else told.type), facts


def opened(window: Window) -> dict[str, str]:
    """What the timeline of an order that waited keeps of the window it joined."""
    return {"window": window.name, "due": window.opens_at.isoformat(), "time_zone": window.time_zone}


def sentence(entry: Entry, language: str) -> str:
    """An entry as a person reads it."""
    said = {name: _said(name, value, entry.facts, language) for name, value in entry.facts.items()}
    return TEXTS[entry.what][language].format(**said)


def _said(name: str, value: Any, facts: Mapping[str, Any], language: str) -> str:
    match name:
        case "lines" | "gone" | "come":
            return "; ".join(_line(line, language) for line in value) or NOTHING[language]
        case "ordered" | "promised" | "filled" | "missing":
            return amount(value, facts["unit"], language)
        case "villages":
            return ", ".join(from_villages(value, facts["unit"], language)) or NOTHING[language]
        case "due":
            return moment(datetime.fromisoformat(value), facts["time_zone"], language)
        case "reason" if too_small := facts.get("too_small"):
            total, smallest = too_small["total"], too_small["smallest_total"]
            return TOO_SMALL[language].format(
                total=rupiah(total, language), smallest=rupiah(smallest, language)
            )
        case "reason" | "less":
            return why(value, language)
    return str(value)


def why(reason: str, language: str) -> str:
    """A reason as a person reads it: one of our codes in words, else what somebody wrote."""
    return REASONS.get(reason, {}).get(language, reason)


def _line(line: Mapping[str, Any], language: str) -> str:
    return WISH[language].format(
        amount=amount(line["quantity"], line["unit"], language),
        name=line["commodity_name"],
        grade=GRADE[language].format(grade=line["grade"]) if line["grade"] else "",
        cap=CAP[language].format(cap=price(line["cap"], line["per"], line["unit"], language))
        if "cap" in line
        else "",
    )


def from_villages(parts: Iterable[Mapping[str, Any]], unit: str, language: str) -> list[str]:
    """How much of a line comes from which village."""
    return [
        FROM[language].format(amount=amount(part["quantity"], unit, language), name=part["name"])
        for part in parts
    ]
