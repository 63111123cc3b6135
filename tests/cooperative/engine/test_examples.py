"""The examples in the repository are what the engine says today, and true; what is written about them is in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.engine.sentences import explained
from services.cooperative.sharing.verify import first_complaint

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "sharing"
NAMES = ("fair-day", "short-harvest", "far-village")


def _record(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.record.json").read_text())
    return found


def _written(name: str) -> str:
    """What `docs/sharing.md` says about an example, without line breaks."""
    text = (ROOT / "docs" / "sharing.md").read_text()
    (found,) = (part for part in text.split("\n##") if f"(`{name}.json`)" in part)
    return " ".join(found.split())


def _kilograms(quantity: int) -> str:
    return f"{quantity / 1000:g}"


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_the_record_beside_it(name: str) -> None:
    batch = (EXAMPLES / f"{name}.json").read_bytes()
    record = (EXAMPLES / f"{name}.record.json").read_bytes()

    assert canonical(solve(read(batch))) + b"\n" == record
    assert first_complaint(batch, record) is None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_about_an_example_is_what_its_record_says(name: str) -> None:
    record, written = _record(name), _written(name)
    shown = str if name == "short-harvest" else _kilograms
    people = {row["seller"]: record["names"][row["seller"]].split()[-1] for row in record["sellers"]}

    for row in record["sellers"]:
        assert not row["given"] or f"{people[row['seller']]} {shown(row['given'])}" in written
        assert row["hak"] == row["due"] - {"S3": 15_000 if name == "far-village" else 0}.get(row["seller"], 0)
        assert shown(row["hak"]) in written
        assert shown(row["first"]) in written
    for part in ("goods", "haul"):
        assert f"Rp{record['cost'][part]:,}" in written or f"{part} {record['cost'][part]}" in written
    assert f"the stop Rp{record['cost']['stops']:,}" in written
    for row in record["villages"]:
        assert f"`{row['reason']}`" in written
        assert not row["effective_cost"] or f"Rp{row['effective_cost']:,}" in written
    for row in record["bottlenecks"]:
        unit = "" if name == "short-harvest" else " kg"
        assert f"(level {shown(row['level'])}{unit}, {shown(row['amount'])}{unit} together)" in written
    for row in record["demands"]:
        assert shown(row["filled"]) in written


@pytest.mark.parametrize("name", NAMES)
def test_the_sentences_written_under_an_example_are_what_its_record_says(name: str) -> None:
    for text in explained(_record(name), None, "id"):
        assert text in _written(name)


def test_the_credits_written_about_the_examples_are_those_of_their_records() -> None:
    day = {row["seller"]: row["credit"] for row in _record("fair-day")["sellers"]}
    far = {row["seller"]: row["credit"] for row in _record("far-village")["sellers"]}

    assert f"Sari {day['S1']:+} g, Budi {day['S2']:+} g" in _written("fair-day")
    assert (
        f"Sari {far['S1'] // 1000}, Budi {far['S2'] // 1000}, Rini **{far['S3'] // 1000:+} kg**"
        in _written("far-village")
    )
    assert not any(row["credit"] for row in _record("short-harvest")["sellers"])
