"""What happened to a lot, as its timeline tells it in Indonesian and English."""

from collections.abc import Mapping
from typing import Any

from services.catalog.domain import Lot
from services.chassis import wording
from services.chassis.event import Event
from services.chassis.timeline import Entry

TEXTS: Mapping[str, Mapping[str, str]] = {
    "catalog.lot_listed.v1": {
        "id": "Lot {code} dicatat: {quantity} {commodity_name}, {price}.",
        "en": "Lot {code} was listed: {quantity} of {commodity_name} at {price}.",
    },
    "catalog.lot_repriced.v1": {
        "id": "Harga menjadi {price}. Bagian yang sudah ditanyakan tetap memakai harga lama.",
        "en": "The price is {price} now. Shares already asked keep theirs.",
    },
    "catalog.lot_corrected.v1": {
        "id": "Stok dikoreksi {change}: {reason}. Tersedia {available}.",
        "en": "The stock was corrected by {change}: {reason}. {available} available.",
    },
    "catalog.lot_withdrawn.v1": {
        "id": "Sisa {quantity} ditarik: {reason}.",
        "en": "The remaining {quantity} was withdrawn: {reason}.",
    },
    "catalog.stock_held.v1": {
        "id": "{held} dari {wanted} yang diminta disisihkan untuk sebuah bagian. Tersedia {available}.",
        "en": "{held} of {wanted} wanted was set aside for a share. {available} available.",
    },
    "catalog.hold_refused.v1": {
        "id": "{wanted} diminta untuk sebuah bagian, tetapi tidak ada yang bisa disisihkan.",
        "en": "{wanted} was wanted for a share, but nothing could be set aside.",
    },
    "catalog.stock_committed.v1": {
        "id": "{committed} dari {wanted} yang diminta dijanjikan untuk sebuah bagian. Tersedia {available}.",
        "en": "{committed} of {wanted} wanted was committed to a share. {available} available.",
    },
    "catalog.stock_released.v1": {
        "id": "{quantity} dilepas dari sebuah bagian. Tersedia {available}.",
        "en": "{quantity} was released from a share. {available} available.",
    },
    "catalog.stock_collected.v1": {
        "id": "Ditimbang {collected}: {waiting} menunggu diangkut, {returned} dikembalikan, {rejected} ditolak. "
        "Selisih dengan yang dijanjikan: {change}.",
        "en": "{collected} was weighed: {waiting} waits for the truck, {returned} was returned, {rejected} rejected. "
        "Difference to what was committed: {change}.",
    },
    "catalog.hold_expired.v1": {
        "id": "Waktu sisihan {quantity} habis. Tersedia {available}.",
        "en": "The hold of {quantity} ran out of time. {available} available.",
    },
}

PLACES = {"collected", "waiting", "returned", "rejected"}
QUANTITIES = PLACES | {"quantity", "wanted", "held", "committed", "available"}


def facts_of(lot: Lot, event: Event) -> dict[str, Any]:
    """What the timeline keeps of an event: no ids but the share's, and the units to tell quantities in."""
    kept = event.model_dump(
        mode="json", exclude={"lot_id", "version", "cooperative_id", "seller_id", "weighing_id"}
    )
    return kept | {"unit": lot.unit, "per": lot.per}


def sentence(entry: Entry, language: str) -> str:
    """An entry as a person reads it."""
    facts = entry.facts
    said = {name: _said(name, facts[name], facts, language) for name in facts}
    return TEXTS[entry.what][language].format(**said)


def _said(name: str, value: Any, facts: Mapping[str, Any], language: str) -> str:
    match name:
        case _ if name in QUANTITIES:
            return wording.amount(value, facts["unit"], language)
        case "change":
            return f"{'+' if value > 0 else '-' if value else ''}{wording.amount(abs(value), facts['unit'], language)}"
        case "price":
            return wording.price(value, facts["per"], facts["unit"], language)
    return str(value)
