"""Every event that is told, in both languages, from the contract's own examples."""

import re
from pathlib import Path

import pytest

from services.chassis.event import Event
from services.chassis.reaction import Reactions
from services.notify import handlers
from services.notify.events import LineShort, OrderPlaced, ShareOffered
from services.notify.rendering import LONGEST, template_of, text_for

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples"
TEMPLATES = Path(handlers.__file__).parent / "templates"
TOLD = {reaction.event.type: reaction.event for reaction in Reactions([handlers]).by_type.values()}
STORIES = sorted(story for type_ in TOLD for story in (EXAMPLES / type_).glob("*.json"))

CODE_OR_YEAR = r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b20\d\d\b"
LEFTOVER = r"[{}]|None|[A-Z]+_[A-Z]+|  |\n\n|\d{4}|[a-f0-9]{8}-|\.\.| [.,:]"
"""Braces, nulls, reason codes, gaps, bare numbers, ids, doubled or loose marks."""


def story(path: str) -> Event:
    event_type, _, name = path.partition("/")
    return TOLD[event_type].model_validate_json((EXAMPLES / event_type / f"{name}.json").read_text())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_becomes_a_message_without_leftovers(path: Path, language: str) -> None:
    event = TOLD[path.parent.name].model_validate_json(path.read_text())

    text = text_for(event, "id" if language == "id" else "en", "Bu Sari")

    assert text.startswith("Bu Sari, ")
    assert not re.search(LEFTOVER, re.sub(CODE_OR_YEAR, "CODE", text)), text


def test_every_event_that_is_told_has_an_example() -> None:
    assert {path.parent.name for path in STORIES} == set(TOLD)


def test_no_template_is_left_without_its_other_language_or_its_event() -> None:
    files = {path.name for path in TEMPLATES.glob("[!_]*.txt")}

    names = {re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower() for event in TOLD.values()}
    assert files == {f"{name}.{language}.txt" for name in names for language in ("id", "en")}


def test_a_share_held_in_part_names_both_numbers_and_how_to_answer() -> None:
    text = text_for(story("cooperative.share_offered.v1/partly-held-cisuru"), "id", "Bu Sari")

    assert text == (
        "Bu Sari, koperasi meminta 32 kg Cabai rawit merah dari lot XFZ4-HSJH, harga Rp33.500/kg, "
        "untuk dikirim Sabtu 28 Nov 2026.\n"
        "Bagian Anda 50 kg, tetapi stok lot ini tinggal 32 kg.\n"
        "Bagian 50 kg; yang masih tersedia di lot ini 32 kg.\n"
        "Jawab sebelum Kamis 26 Nov 2026 pukul 18.00 WIB, lewat aplikasi atau pendamping desa:\n"
        "1 = ya, semua\n2 = kurang, sebutkan jumlahnya\n3 = tidak"
    )


def test_the_answer_by_is_told_in_the_villages_own_zone() -> None:
    offered = story("cooperative.share_offered.v1/cabai-serang")
    assert isinstance(offered, ShareOffered)

    east = text_for(offered.model_copy(update={"time_zone": "Asia/Jayapura"}), "id", None)

    assert "Kamis 26 Nov 2026 pukul 20.00 WIT" in east


def test_grams_are_told_as_kilograms_with_a_decimal_comma() -> None:
    offered = story("cooperative.share_offered.v1/cabai-serang")

    assert "12,5 kg" in text_for(offered.model_copy(update={"quantity": 12_500}), "id", None)
    assert "12.5 kg" in text_for(offered.model_copy(update={"quantity": 12_500}), "en", None)


def test_a_message_to_someone_without_a_name_begins_with_a_capital() -> None:
    assert text_for(story("orders.placed.v1/city-kitchen"), "id", None).startswith("Pesanan ")


def test_a_name_with_signs_that_mean_something_elsewhere_stays_as_it_is() -> None:
    assert text_for(story("orders.placed.v1/city-kitchen"), "id", "<Bu> {{ Sari }} & co").startswith(
        "<Bu> {{ Sari }} & co, pesanan "
    )


def test_an_unknown_reason_is_told_as_it_came() -> None:
    short = story("cooperative.line_short.v1/flood")
    assert isinstance(short, LineShort)

    assert "LANDSLIDE" in text_for(short.model_copy(update={"reason": "LANDSLIDE"}), "id", None)


def test_an_order_of_a_hundred_lines_still_fits_one_message() -> None:
    placed = story("orders.placed.v1/city-kitchen")
    assert isinstance(placed, OrderPlaced)
    line = placed.lines[0].model_copy(update={"commodity_name": "Cabai " * 20})

    text = text_for(placed.model_copy(update={"lines": (line,) * 100}), "id", None)

    assert "dan 85 baris lain" in text
    assert len(text) <= LONGEST


def test_a_template_is_named_after_its_event() -> None:
    assert template_of(story("orders.placed.v1/city-kitchen")) == "order_placed"
