"""Ratios, percentiles, and the table as it stands in the page."""

import json
from pathlib import Path

import pytest

from bench.events import AT_ONCE, STORY, rows
from bench.measure import Figure, Goal, interleaved
from bench.percentiles import percentile
from bench.projecting import place
from bench.table import markdown, paste, stored

SAMPLES = {"relay": [8.0, 9.0, 7.0], "produce only": [10.0, 10.0, 10.0]}


def test_ratios_are_of_runs_made_one_after_the_other_and_the_median_is_judged() -> None:
    goal = Goal("relay", "produce only", 0.8)

    assert goal.ratios(SAMPLES) == [0.8, 0.9, 0.7]
    assert goal.is_met(SAMPLES)
    assert not Goal("relay", "produce only", 0.85).is_met(SAMPLES)
    assert Goal("relay", "produce only", 0.85, least=False).is_met(SAMPLES)


@pytest.mark.parametrize(("share", "expected"), [(50, 50), (99, 99), (100, 100)])
def test_a_percentile_is_a_value_that_was_seen(share: int, expected: int) -> None:
    assert percentile([float(one) for one in range(1, 101)], share) == expected


async def test_contenders_take_turns_and_another_one_begins_each_time() -> None:
    told = []

    async def run(name: str) -> float:
        told.append(name)
        return 1.0

    await interleaved({"a": lambda: run("a"), "b": lambda: run("b")}, 2, "")

    assert told == ["a", "b", "b", "a"]


def test_what_was_kept_comes_into_the_page_between_the_marks(tmp_path: Path) -> None:
    figure = Figure("relay", "events/s", SAMPLES, [Goal("relay", "produce only", 0.85)])
    (tmp_path / "bench-1-relay.json").write_text(json.dumps({"machine": {}, "figures": [figure.kept()]}))
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n")

    paste(tmp_path, page)

    assert stored(tmp_path) == [figure]
    assert page.read_text().startswith("before\n<!-- bench: begin -->\n\n| figure |")
    assert page.read_text().endswith("|\n\n<!-- bench: end -->\nafter\n")
    assert "| relay: 0.8 (0.7 - 0.9) | >= 0.85 x produce only | **missed** |" in markdown([figure])


def test_each_lots_story_is_told_in_order_and_a_fifth_of_the_records_repeat_earlier_ones() -> None:
    told = [row[5] for row in rows(AT_ONCE * len(STORY) * 2)]
    places = [place(number) for number in range(5_000)]

    assert [sorted(set(told[start : start + AT_ONCE])) for start in range(0, len(told), AT_ONCE)] == [
        [step] for step in (1, 2, 3, 4) * 2
    ]
    assert len(set(places)) == 4_000
    assert all(number >= one for number, one in enumerate(places))
