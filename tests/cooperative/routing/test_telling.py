"""What drivers and managers read: sentences in two languages, and sheets that can be printed."""

import json
from html.parser import HTMLParser

import pytest

from services.cooperative.routing import planned
from services.cooperative.routing.day import Row
from services.cooperative.routing.plan_reading import plan_of
from services.cooperative.routing.telling import LANGUAGES, explained, sheet
from services.cooperative.routing.telling.words import HELP, REASONS, WORDS
from tests.cooperative.routing.days import Document, day


def _plan(document: Document) -> Row:
    return plan_of(planned(document).plan.encode())


def test_both_languages_have_the_same_words_with_the_same_fields() -> None:
    for words in (WORDS, REASONS, HELP):
        assert words["id"].keys() == words["en"].keys()
        for key, text in words["id"].items():
            assert _fields(text) == _fields(words["en"][key])


def _fields(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_point_and_each_parcel_that_stays_is_told(language: str) -> None:
    for seed in range(12):
        plan = _plan(day(seed))

        lines = list(explained(plan, language))

        points = sum(len(route["points"]) for route in plan["routes"])
        assert sum(line.startswith("  ") for line in lines) == points
        for row in plan["unserved"]:
            (told,) = (
                line
                for line in lines
                if ", ".join(row["parcels"]) + ". " in line and _is(row, line, language)
            )
            assert told.count(";") == max(0, len(row["help"]) - 1)


def _is(row: Row, line: str, language: str) -> bool:
    return f", {WORDS[language][row['leg']]}, " in line and REASONS[language][row["reason"]] in line


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(seen == tag for seen, _ in self.seen)


def test_a_sheet_has_a_page_for_each_vehicle_and_one_for_what_stays() -> None:
    for seed in range(8):
        plan = _plan(day(seed, wide=seed % 2 == 0))
        tags = _Tags(sheet(plan, "id"))

        vehicles = {route["vehicle"] for route in plan["routes"]}
        points = sum(len(route["points"]) for route in plan["routes"])
        assert tags.count("section") == len(vehicles) + bool(plan["unserved"])
        assert tags.count("tr") == points + len(plan["routes"])
        assert not {"script", "img", "link"} & {tag for tag, _ in tags.seen}


def test_names_cannot_break_a_sheet() -> None:
    document = day(0, wide=True)
    for row in document["vehicles"] + document["places"]:
        row["name"] = "<script>alert('x')</script>&"

    text = sheet(_plan(document), "en")

    assert _Tags(text).count("script") == 0
    assert "&lt;script&gt;" in text


def test_a_plan_of_another_version_without_names_is_told_by_ids() -> None:
    plan = _plan(day(0, wide=True))
    plan["names"] = {"places": {}, "stops": {}, "vehicles": {}}

    assert any("HUB" in line for line in explained(plan, "id"))
    assert json.dumps(plan["names"])
