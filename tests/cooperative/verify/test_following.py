"""A later record beside the one before it: what stood stands, or somebody refused it; nobody else's numbers move."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import read, reshare, solve
from services.cooperative.sharing.verify import Complaint, first_complaint
from tests.cooperative.verify.batches import Document, batch, complaint, demand, lot, raw, sealed
from tests.cooperative.verify.worlds import answers, stepped

again: Any = __import__("sys").modules["services.cooperative.sharing.engine.reshare"]


def _plain(record: Any) -> Document:
    return json.loads(json.dumps(record))  # type: ignore[no-any-return]


def _against(world: Document, record: Document, before: Document) -> Complaint | None:
    return first_complaint(raw(world), raw(record), raw(before))


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_whatever_is_shared_again_follows_from_the_record_before(seed: int) -> None:
    world, draw = stepped(seed), Random(seed)
    known = read(raw(world))
    before = solve(known)

    for _ in range(3):
        after = reshare(known, before, answers(before, draw))

        assert _against(world, _plain(after), _plain(before)) is None
        before = after


def _declined() -> tuple[Document, Document, Document]:
    """Sari, Tuti and Wati bring 4 each of 12 ordered; Sari declines, Tuti brings 3."""
    world = batch(
        [lot(f"L{n}", name, 6) for n, name in enumerate(("Sari", "Tuti", "Wati"))], [demand("D1", 12)]
    )
    known = read(raw(world))
    before = solve(known)
    changes = [
        {"lot": "L0", "demand": "D1", "kind": "declined"},
        {"lot": "L1", "demand": "D1", "kind": "short", "quantity": 3},
    ]
    return world, _plain(before), _plain(reshare(known, before, {"changes": changes}))


def _refuses(record: Document, more: int, credit: int) -> None:
    record["answers"][0]["refused"] += more
    record["sellers"][0]["refused"] += more
    record["sellers"][0]["credit"] += credit


def _forgets(record: Document) -> None:
    """Wati's confirmed 4 are told as newly offered, as if she had never been asked."""
    [own] = [row for row in record["confirmed"] if row["lot"] == "L2"]
    [line] = [row for row in record["lines"] if row["lot"] == "L2"]
    record["confirmed"].remove(own)
    line["quantity"] += own["quantity"]


def _says_yes(quantity: int) -> Callable[[Document], None]:
    """Wati, whose 4 wait for an answer, is said to have accepted so many."""

    def change(record: Document) -> None:
        record["answers"].append(
            {"lot": "L2", "demand": "D1", "kind": "accepted", "quantity": quantity, "refused": 0}
        )

    return change


FALSE: dict[str, tuple[Callable[[Document], None], str]] = {
    "more refused than stood": (lambda record: _refuses(record, 5, -5), "Sari"),
    "less refused than was taken": (lambda record: _refuses(record, -3, 3), "Sari"),
    "what stood is offered anew": (_forgets, "Wati"),
    "less accepted than stands": (_says_yes(3), "Wati"),
}


@pytest.mark.parametrize("what", FALSE)
def test_only_the_record_before_shows_what_was_refused(what: str) -> None:
    world, before, after = _declined()
    assert _against(world, after, before) is None
    change, hurt = FALSE[what]

    change(after)
    false = sealed(after)

    assert complaint(world, false) is None
    found = _against(world, false, before)
    assert found is not None
    assert found.seller == hurt


def test_a_line_that_waits_may_be_accepted_as_it_stands() -> None:
    world, before, after = _declined()

    _says_yes(4)(after)

    assert _against(world, sealed(after), before) is None


def test_nobody_accepts_what_he_had_declined_before() -> None:
    world = batch([lot("L0", "Sari", 4), lot("L1", "Tuti", 4)], [demand("D1", 4)])
    known = read(raw(world))
    declined = {"lot": "L0", "demand": "D1", "kind": "declined"}
    before = _plain(reshare(known, solve(known), {"changes": [declined]}))
    after = _plain(reshare(known, before, {"changes": []}))
    [said] = after["answers"]

    said["kind"] = "accepted"
    after["lots"][0].update(reason="LEVEL", level=3)

    assert complaint(world, sealed(after)) is None
    found = _against(world, sealed(after), before)
    assert str(found) == "seller Sari: lot L0 for demand D1: accepted now, and nothing stood [answers]"


def test_a_record_follows_only_the_one_it_names() -> None:
    world, before, after = _declined()
    later = _plain(reshare(read(raw(world)), after, {"changes": []}))

    assert _against(world, later, after) is None
    assert str(_against(world, later, before)).endswith("[previous]")
    assert str(_against(world, before, before)).endswith("[previous]")
    assert str(_against(world, after, {**before, "cost": {**before["cost"], "haul": 1}})).endswith(
        "[previous]"
    )


def test_an_engine_that_counts_a_refusal_once_too_often_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = again.stands

    def twice(record: Any, changes: Any) -> Any:
        found = whole(record, changes)
        for row in found.answers.values():
            row["refused"] *= 2
        return found

    monkeypatch.setattr(again, "stands", twice)
    world, before, after = _declined()

    assert complaint(world, after) is None
    assert str(_against(world, after, before)).startswith("seller Sari: ")
