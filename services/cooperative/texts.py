"""What people read in the timeline of a share, in Indonesian and English."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.event import Event
from services.chassis.timeline import Entry
from services.chassis.wording import amount, moment, price

TEXTS: Mapping[str, Mapping[str, str]] = {
    "cooperative.hold_wanted.v1": {
        "id": "Stok {quantity} diminta disiapkan untuk bagian ini.",
        "en": "{quantity} of stock was asked to be set aside for this share.",
    },
    "cooperative.share_offered.v1": {
        "id": "{quantity} {commodity_name} ditanyakan kepada penjual; jawaban ditunggu sampai {answer_by}.",
        "en": "The seller was asked for {quantity} of {commodity_name}, to answer until {answer_by}.",
    },
    "cooperative.share_answered.v1": {
        "id": "{who} menjawab {answer}: {quantity} dari {asked}.",
        "en": "{who} answered {answer}: {quantity} of {asked}.",
    },
    "cooperative.share_lapsed.v1": {
        "id": "Tidak ada jawaban sampai waktunya habis; bagian {quantity} gugur.",
        "en": "There was no answer in time; the share of {quantity} lapsed.",
    },
    "cooperative.share_changed.v1": {
        "id": "{reason}; yang berlaku sekarang {quantity}.",
        "en": "{reason}; what stands now is {quantity}.",
    },
    "cooperative.release_wanted.v1": {
        "id": "{quantity} tidak lagi disisihkan; kembali ke stok penjual.",
        "en": "{quantity} is no longer set aside; it goes back to the seller's stock.",
    },
    "cooperative.commit_wanted.v1": {
        "id": "Jawaban sudah tetap; {quantity} diminta dipastikan.",
        "en": "Answers are final; {quantity} was asked to be committed.",
    },
    "cooperative.share_committed.v1": {
        "id": "{quantity} {commodity_name} sudah dipastikan untuk dibawa.",
        "en": "{quantity} of {commodity_name} is committed, to be brought.",
    },
    "cooperative.share_collected.v1": {
        "id": "Ditimbang: {quantity} dari {committed} diterima, harga {final_price}.",
        "en": "Weighed: {quantity} of {committed} was taken, at {final_price}.",
    },
}
ANSWERS = {
    "accepted": {"id": "1 (ya)", "en": "1 (yes)"},
    "reduced": {"id": "2 (kurang)", "en": "2 (less)"},
    "declined": {"id": "3 (tidak)", "en": "3 (no)"},
}
REASONS = {
    "NOT_HELD": {"id": "Stok sudah habis sebelum disiapkan", "en": "Nothing was left to set aside"},
    "CALLED_OFF": {"id": "Periode pesan dibatalkan", "en": "The window was called off"},
    "NOT_COMMITTED": {
        "id": "Stok tidak bisa dipastikan seluruhnya",
        "en": "Not all stock could be committed",
    },
    "TOO_LATE_HELD": {
        "id": "Stok belum disiapkan ketika putaran ditutup",
        "en": "The stock was not set aside when the round closed",
    },
}
ROLES = {
    "seller": {"id": "Penjual", "en": "Seller"},
    "assistant": {"id": "Pendamping", "en": "Assistant"},
    "manager": {"id": "Pengurus", "en": "Manager"},
    "service": {"id": "Sistem", "en": "The system"},
}
FOR = {"id": "{actor}, atas nama {person},", "en": "{actor}, on behalf of {person},"}
NOT_KEPT = {"share_id", "version", "window_id", "lot_id", "seller_id", "sentences", "collection"}
QUANTITIES = {"quantity", "asked", "wanted", "committed"}


def kept(told: Iterable[Event]) -> Iterator[tuple[UUID, str, dict[str, Any]]]:
    """What the timelines of shares keep of these facts: words and numbers."""
    for fact in told:
        if fact.topic == "cooperative.shares":
            yield fact.key, fact.type, fact.model_dump(mode="json", exclude=NOT_KEPT)


def sentence(entry: Entry, unit: str, names: Mapping[UUID, str], language: str) -> str:
    """An entry as a person reads it; `names` are those of members."""
    said = {name: _said(name, value, unit, entry.facts, language) for name, value in entry.facts.items()}
    return TEXTS[entry.what][language].format(**said, who=who(entry, names, language))


def who(entry: Entry, names: Mapping[UUID, str], language: str) -> str:
    """`Penjual Bu Sari`; `Pendamping Pak Darto, atas nama Bu Sari,`."""
    role, _, subject = entry.actor.partition(":")
    actor = " ".join(filter(None, (ROLES.get(role, ROLES["service"])[language], _name(subject, names))))
    if entry.on_behalf_of is None:
        return actor
    return FOR[language].format(actor=actor, person=_name(entry.on_behalf_of, names) or entry.on_behalf_of)


def people(entries: Iterable[Entry]) -> set[UUID]:
    """Everyone who acted or was acted for."""
    told = (name for entry in entries for name in (entry.actor.partition(":")[2], entry.on_behalf_of))
    return {found for name in told if name and (found := _person(name))}


def _name(subject: str, names: Mapping[UUID, str]) -> str:
    person = _person(subject)
    return names.get(person, "") if person else ""


def _person(subject: str) -> UUID | None:
    try:
        return UUID(subject)
    except ValueError:
        return None


def _said(name: str, value: Any, unit: str, facts: Mapping[str, Any], language: str) -> str:
    if name in QUANTITIES:
        return amount(value, unit, language)
    match name:
        case "answer":
            return ANSWERS[value][language]
        case "final_price":
            return price(value, facts["per"], unit, language)
        case "reason":
            return REASONS[value][language]
        case "answer_by":
            return moment(datetime.fromisoformat(value), facts["time_zone"], language)
    return str(value)
