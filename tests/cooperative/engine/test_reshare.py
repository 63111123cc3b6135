"""A decline disturbs nobody: what stands stays, only the rest is shared again, and the answers are counted."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import Record, Refused, read, read_record, reshare
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.engine.documents import Document, batch, demand, documents, lot, raw, shared


def _again(document: Document, record: Record, *changes: dict[str, Any]) -> Record:
    return reshare(read(raw(document)), read_record(canonical(record)), {"changes": list(changes)})


def _stood(record: Record) -> dict[tuple[str, str], int]:
    stood: dict[tuple[str, str], int] = {}
    for row in (*record["lines"], *record["confirmed"]):
        stood[row["lot"], row["demand"]] = stood.get((row["lot"], row["demand"]), 0) + row["quantity"]
    return stood


def test_what_one_declines_goes_to_those_with_stock_left() -> None:
    document = batch([lot(f"L{place}", 20) for place in range(3)], [demand("D1", 30)])
    record = shared(document)

    again = _again(document, record, {"lot": "L0", "demand": "D1", "kind": "declined"})

    assert {row["lot"]: row["given"] for row in again["lots"]} == {"L0": 0, "L1": 15, "L2": 15}
    assert {row["seller"]: row["refused"] for row in again["sellers"]} == {"SL0": 10, "SL1": 0, "SL2": 0}
    assert {row["seller"]: row["credit"] for row in again["sellers"]} == {"SL0": 0, "SL1": -5, "SL2": -5}
    assert again["previous"] == record["output_hash"]


@settings(max_examples=80, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), st.data())
def test_all_that_stands_stays_through_three_rounds_of_answers(
    document: Document, data: st.DataObject
) -> None:
    record = shared(document)
    for _ in range(3):
        changes = []
        for (one, other), stood in _stood(record).items():
            kind = data.draw(st.sampled_from((None, "accepted", "reduced", "declined", "lapsed", "short")))
            if kind is not None:
                change: dict[str, Any] = {"lot": one, "demand": other, "kind": kind}
                if kind in ("reduced", "short"):
                    change["quantity"] = data.draw(st.integers(0, stood - 1))
                changes.append(change)
        before, record = _stood(record), _again(document, record, *changes)

        named = {(change["lot"], change["demand"]): change for change in changes}
        for key, stood in before.items():
            kept = (
                stood
                if key not in named or named[key]["kind"] == "accepted"
                else named[key].get("quantity", 0)
            )
            assert _stood(record).get(key, 0) >= kept
        assert first_complaint(raw(document), canonical(record)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"lot": "L9", "demand": "D1", "kind": "declined"},
        {"lot": "L0", "demand": "D1", "kind": "sold"},
        {"lot": "L0", "demand": "D1", "kind": "reduced"},
        {"lot": "L0", "demand": "D1", "kind": "reduced", "quantity": 10},
        {"lot": "L0", "demand": "D1", "kind": "accepted", "quantity": 9},
        {"lot": "L0", "demand": "D1", "kind": "declined", "quantity": 1},
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_its_place(change: dict[str, Any]) -> None:
    document = batch([lot(f"L{place}", 20) for place in range(3)], [demand("D1", 30)])
    record = shared(document)

    with pytest.raises(Refused, match=r"changes\[0\]"):
        _again(document, record, change)


def test_a_record_that_was_changed_is_not_shared_again() -> None:
    document = batch([lot("L0", 20)], [demand("D1", 10)])
    record = json.loads(canonical(shared(document)))
    record["lines"][0]["quantity"] = 9

    with pytest.raises(Refused, match="output_hash"):
        _again(document, record)
