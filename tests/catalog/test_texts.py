"""The timeline's sentences, in both languages, for every event of a lot."""

import pytest

from services.catalog import events
from services.catalog.domain import Hold, Lot
from services.catalog.texts import TEXTS, facts_of, sentence
from services.chassis.event import Event
from services.chassis.timeline import Entry
from tests.catalog.people import KG, LOT, NOON, SHARE, chilli_lot, hold_wanted

LOT_EVENTS = [
    thing
    for thing in vars(events).values()
    if isinstance(thing, type) and issubclass(thing, Event) and getattr(thing, "topic", "") == "catalog.lots"
]


def told(lot: Lot, event: Event) -> Entry:
    return Entry(NOON, event.type, "service:cooperative", None, facts_of(lot, event))


@pytest.mark.parametrize("event", LOT_EVENTS, ids=lambda event: event.type)
def test_every_event_of_a_lot_has_a_sentence_in_both_languages(event: type[Event]) -> None:
    assert TEXTS[event.type].keys() == {"id", "en"}


def test_a_hold_is_told_in_kilograms() -> None:
    lot = chilli_lot(50 * KG)
    (held,) = Hold(share_id=SHARE, lot_id=LOT).start(lot, hold_wanted(12_500))

    assert (
        sentence(told(lot, held), "en")
        == "12.5 kg of 12.5 kg wanted was set aside for a share. 37.5 kg available."
    )
    assert sentence(told(lot, held), "id").startswith("12,5 kg dari 12,5 kg yang diminta disisihkan")


def test_a_price_is_told_in_rupiah_per_kilogram() -> None:
    lot = chilli_lot()
    repriced = lot.reprice(36_500)

    assert sentence(told(lot, repriced), "id").startswith("Harga menjadi Rp36.500/kg.")


def test_a_correction_is_told_with_its_sign_and_reason() -> None:
    lot = chilli_lot(50 * KG)
    corrected = lot.correct(-5 * KG, "dimakan {burung}")

    text = sentence(told(lot, corrected), "id")

    assert text == "Stok dikoreksi -5 kg: dimakan {burung}. Tersedia 45 kg."
