"""Fields refuse what could never be meant, and say it in a way that can be told."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from services.chassis.fields import Day, Grade, Moment, Name, Quantity, Reason, Rupiah, Text, VillageCode

Note = Annotated[str, Text(20, lines=True)]


def refused(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()[0]["type"]


@pytest.mark.parametrize("value", [True, 1.0, 1.5, "1", None, [], float("nan"), float("inf")])
def test_a_quantity_is_a_whole_number_and_nothing_that_looks_like_one(value: object) -> None:
    assert refused(Quantity, value) == "int_type"


@pytest.mark.parametrize("value", [0, -1, 10**12 + 1, 10**400])
@pytest.mark.parametrize("kind", [Quantity, Rupiah])
def test_a_quantity_is_from_one_to_a_million_million(kind: Any, value: int) -> None:
    assert refused(kind, value) in {"greater_than_equal", "less_than_equal"}
    assert TypeAdapter(kind).validate_python(10**12) == 10**12


@pytest.mark.parametrize("text", ["a\0b", "a\nb", "\x7f", "a\u202eb", "a\u2028b", "\u0085"])
def test_a_name_holds_nothing_that_cannot_be_typed(text: str) -> None:
    assert refused(Name, text) == "text_characters"


@pytest.mark.parametrize("text", [" ", "\u00a0", "\u200b", "\u3000 "])
def test_a_name_is_not_blank(text: str) -> None:
    assert refused(Name, text) == "text_blank"


def test_half_a_character_is_no_text() -> None:
    assert refused(Name, "\ud800") == "string_unicode"


@pytest.mark.parametrize(
    ("text", "kept"), [("  Bu Sari ", "Bu Sari"), ("👩‍🌾 cabai 🌶️", "👩‍🌾 cabai 🌶️"), ("ꦧꦸ", "ꦧꦸ")]
)
def test_a_name_may_be_in_any_script_and_with_emoji_and_loses_the_blanks_around_it(
    text: str, kept: str
) -> None:
    assert TypeAdapter(Name).validate_python(text) == kept


def test_only_a_text_of_several_lines_takes_a_line_break() -> None:
    assert TypeAdapter(Note).validate_python("one\ntwo") == "one\ntwo"
    assert refused(Note, "one\r\ntwo") == "text_characters"


def test_a_text_is_not_longer_than_it_may_be() -> None:
    assert refused(Name, "a" * 81) == "string_too_long"


@pytest.mark.parametrize(
    "text",
    [
        "hubungi 081234567890",
        "telepon +62 812-3456-7890",
        "(0280) 123.456",
        "WA 0812.3456.7890 ya",
        "5 5 5 1 2 3 4",
        "0812\u20133456\u20137890",
        "\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666",
        "tulis ke sari@desa.id",
    ],
)
def test_a_reason_that_others_read_names_nobodys_number_or_address(text: str) -> None:
    assert refused(Reason, text) == "names_address"


@pytest.mark.parametrize(
    "text",
    ["bridge out", "Banjir 27-11-2026, jalan putus", "2026-11-27 10:00", "Rp 36.000.000 terlalu mahal", "250 kg",
     "harga @ pasar", "123456"],
)  # fmt: skip
def test_a_reason_may_name_days_sums_and_quantities(text: str) -> None:
    assert TypeAdapter(Reason).validate_python(text) == text


@pytest.mark.parametrize(
    "value", [1_764_000_000, "20261127", "2026-11-27T00:00:00", "27-11-2026", "", None, True]
)
def test_a_day_is_written_in_one_way_only(value: object) -> None:
    assert refused(Day, value) == "day_form"


@pytest.mark.parametrize("value", ["0001-01-01", "2019-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_lies_in_a_year_that_can_be_meant(value: str) -> None:
    assert refused(Day, value) == "year_range"
    assert refused(Moment, f"{value}T00:00:00Z") == "year_range"


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert refused(Day, "2026-02-30") == "date_from_datetime_parsing"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1_764_000_000, "moment_form"),
        ("1764000000", "moment_form"),
        ("2026-11-27", "moment_form"),
        ("2026-11-27T10:00:00", "moment_zone"),
        ("2026-11-27T25:00:00Z", "datetime_from_date_parsing"),
    ],
)
def test_a_moment_has_its_zone_and_is_written_in_one_way_only(value: object, why: str) -> None:
    assert refused(Moment, value) == why


def test_a_moment_is_kept_in_utc() -> None:
    moment = TypeAdapter(Moment).validate_python("2026-11-27T10:00:00+07:00")

    assert (moment, moment.tzinfo) == (datetime(2026, 11, 27, 3, tzinfo=UTC), UTC)


def test_days_and_moments_may_be_given_as_objects_too() -> None:
    noon = datetime(2026, 11, 27, 12, tzinfo=UTC)

    assert TypeAdapter(Day).validate_python(date(2026, 11, 27)) == date(2026, 11, 27)
    assert TypeAdapter(Moment).validate_python(noon) == noon


@pytest.mark.parametrize("value", ["33.01.18.200", "33.01.18.2006\n", "33.01.18.200٦", "33-01-18-2006", 33])
def test_a_village_code_has_the_form_of_one(value: object) -> None:
    assert refused(VillageCode, value) in {"form", "string_type"}


def test_a_grade_is_short() -> None:
    assert TypeAdapter(Grade).validate_python("A+") == "A+"
    assert refused(Grade, "A" * 13) == "form"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *[(Name, text) for text in ("a\0b", " ", "\u200b", "a" * 81, "", 1)],
        *[(Note, text) for text in ("a\x01", "\n")],
        *[(Quantity, number) for number in (0, 10**12 + 1, "1", 1.5)],
        *[(Day, day) for day in ("2019-12-31", "2100-01-01", "x")],
        *[(Moment, moment) for moment in ("2026-11-27T10:00:00", "2019-12-31T00:00:00Z")],
        *[(VillageCode, code) for code in ("33.01.18.200", "x")],
    ],
)
def test_what_a_field_refuses_its_schema_refuses_too(kind: Any, value: object) -> None:
    adapter = TypeAdapter(kind)

    assert not Draft202012Validator(adapter.json_schema()).is_valid(value)
    with pytest.raises(ValidationError):
        adapter.validate_python(value)
