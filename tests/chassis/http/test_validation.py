"""Whatever pydantic finds, people are told what to do, and never what they sent."""

from string import Formatter
from typing import get_args

import pytest
from pydantic_core import core_schema

from services.chassis.validation import Mistake, message, path, placed, telling
from services.chassis.validation_texts import TEXTS

ALL_KINDS = get_args(core_schema.ErrorType)
NUMBERS = ("min_length", "max_length", "gt", "ge", "lt", "le", "multiple_of", "first", "last")
CONTEXT = dict.fromkeys(NUMBERS, 1) | dict.fromkeys(("expected", "expected_tags", "pattern"), "x")


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", [*ALL_KINDS, *TEXTS])
def test_every_kind_of_mistake_has_a_sentence(kind: str, language: str) -> None:
    found: Mistake = {"type": kind, "loc": ("body",), "ctx": CONTEXT}

    assert message(found, "id" if language == "id" else "en").endswith(".")


def test_both_languages_tell_the_same_facts() -> None:
    def told(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [kind for kind, (english, indonesian) in TEXTS.items() if told(english) != told(indonesian)] == []


def test_a_mistake_may_bring_its_own_sentence() -> None:
    found: Mistake = {"type": "form", "loc": ("body", "code"), "ctx": {"en": "Send {A}.", "id": "Kirim {A}."}}

    assert (message(found, "en"), message(found, "id")) == ("Send {A}.", "Kirim {A}.")


@pytest.mark.parametrize(
    ("location", "told"),
    [
        (("body", "lines", 0, "quantity"), "lines[0].quantity"),
        (("query", "limit"), "limit"),
        (("header", "Idempotency-Key"), "Idempotency-Key"),
        (("body",), "body"),
        ((), "body"),
        (("body", "a", "<script>alert(1)</script>"), "a.?"),
        (("body", "x" * 100), "?"),
        (("body", "\ud800"), "?"),
    ],
)
def test_a_place_is_told_as_a_path_without_what_could_be_an_attack(
    location: tuple[str | int, ...], told: str
) -> None:
    assert path(location) == told


def test_a_list_whose_items_are_wrong_is_not_called_too_short() -> None:
    inner: Mistake = {"type": "int_type", "loc": ("body", "lines", 0, "quantity"), "ctx": {}}
    outer: Mistake = {"type": "too_short", "loc": ("body", "lines"), "ctx": {"min_length": 1}}

    assert telling([inner, outer]) == [inner]
    assert telling([outer]) == [outer]


@pytest.mark.parametrize(
    ("location", "told"),
    [
        (("body", "quantity", "packed", "count"), "quantity.count"),
        (("body", "quantity", "packed", "unit"), "quantity.unit"),
        (("body", "lines", 0, "quantity", "units"), "lines[0].quantity"),
        (("body", "lines", 0, "price"), "lines[0].price"),
        (("body", "missing"), "missing"),
        (("body",), "body"),
    ],
)
def test_a_place_names_no_branch_of_a_union(location: tuple[str | int, ...], told: str) -> None:
    body = {"quantity": {"count": 1.5}, "lines": [{"quantity": "x"}]}

    assert path(placed({"type": "missing", "loc": location, "ctx": {}}, body)["loc"]) == told
