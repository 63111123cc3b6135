"""What the engine computes is true; what a broken engine computes, and any falsification, is complained of."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import (
    dues,
    eligibility,
    flow,
    moves,
    read,
    reasons,
    record,
    reshare,
    solve,
    stages,
    steps,
)
from tests.cooperative.verify.batches import Document, batch, complaint, demand, lot, raw, sealed
from tests.cooperative.verify.tampering import tampered
from tests.cooperative.verify.worlds import answers, dated, in_units, stepped, tiny
from tests.harness.counts import tries

Patch = Callable[[pytest.MonkeyPatch], None]
solving: Any = __import__("sys").modules["services.cooperative.sharing.engine.solve"]


def shared(world: Document) -> Document:
    return json.loads(json.dumps(solve(read(raw(world)))))  # type: ignore[no-any-return]


@settings(max_examples=tries(150), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), kind=st.sampled_from(["tiny", "units", "stepped", "dated"]))
def test_whatever_the_engine_shares_is_true(seed: int, kind: str) -> None:
    world = {"tiny": tiny, "dated": dated}.get(kind, stepped)(seed)
    world = in_units(world) if kind == "units" else world

    assert complaint(world, shared(world)) is None


@settings(max_examples=tries(60), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), units=st.booleans())
def test_whatever_is_shared_again_after_answers_is_true(seed: int, units: bool) -> None:
    world, draw = (in_units(stepped(seed)) if units else stepped(seed)), Random(seed)
    batch = read(raw(world))
    found = solve(batch)

    for _ in range(3):
        found = reshare(batch, found, answers(found, draw))

        assert complaint(world, json.loads(json.dumps(found))) is None


def test_what_stood_may_not_be_changed_when_sharing_again() -> None:
    world = stepped(7)
    batch = read(raw(world))
    found = reshare(batch, solve(batch), {"changes": []})
    assert found["confirmed"]

    found["confirmed"][0]["quantity"] += 1

    assert complaint(world, sealed(found)) is not None


def _wrapped(module: Any, name: str, change: Callable[[Any], Any]) -> Patch:
    """The function computes as before, and its result is changed."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        whole = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, **k: change(whole(*a, **k)))

    return patch


def _asked(module: Any, name: str, change: Callable[..., tuple[Any, ...]]) -> Patch:
    """The function is asked something a little different."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        whole = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a: whole(*change(*a)))

    return patch


def _step_rounded_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def stock(pool: Any, confirmed: Any = None) -> Any:
        taken = np.zeros_like(pool.quantity) if confirmed is None else confirmed
        return np.where(pool.eligible, -(-(pool.quantity - taken) // pool.step) * pool.step, 0)

    monkeypatch.setattr(eligibility.Pool, "stock", stock)


def _credit_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = record._credited
    monkeypatch.setattr(
        record,
        "_credited",
        lambda *a: [{**row, "credit": row["given"] + row["refused"] - row["due"]} for row in whole(*a)],
    )


def _somebody_else_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flow.Flow.open

    def open_(own: Any, network: Any) -> Any:
        mask = whole(own, network).copy()
        mask[np.flatnonzero(mask)[:1]] = False
        return mask

    monkeypatch.setattr(flow.Flow, "open", open_)


MUTANTS: dict[str, Patch] = {
    "tier off by one at its edge": _asked(
        eligibility, "tiers", lambda price, ref, width: (price - 1, ref, width)
    ),
    "dues ignored": _wrapped(dues, "unpaid_dues", np.zeros_like),
    "carried credit ignored": _wrapped(
        record, "dues_of", lambda of: {name: np.zeros_like(due) for name, due in of.items()}
    ),
    "cap off by one": _asked(
        eligibility._Chains, "entries", lambda own, lots, price, fresh: (own, lots, price + 1, fresh)
    ),
    "wrong stuck group": _somebody_else_stuck,
    "step rounded up": _step_rounded_up,
    "expiry ignored": lambda patch: patch.setattr(eligibility, "in_season", lambda lot, day: True),
    "credit sign": _credit_sign,
    "first share left out": _asked(record, "haks", lambda batch, *more: (_no_first(batch), *more)),
    "village of no cost closed": _wrapped(
        solving, "effective_costs", lambda costs: [cost + 1 for cost in costs]
    ),
    "minimum ignored": lambda patch: (
        patch.setattr(steps, "lacking", lambda free: np.zeros_like(free.confirmed)),
        patch.setattr(moves, "lacking", lambda free: np.zeros_like(free.confirmed)),
    )[0],
    "buyers' classes ignored": lambda patch: patch.setattr(
        solving, "shared_among_buyers", lambda free, lines, rank: lines
    ),
    "no last exchanges": lambda patch: patch.setattr(moves.Table, "settle", lambda table: None),
    "most stock first, not evenly": _asked(
        stages, "ByLevel", lambda start, most, rank: (start - most, most, rank)
    ),
    "dear tiers first": _asked(
        eligibility, "tiers", lambda price, ref, width: (2 * ref - np.minimum(price, 2 * ref - 1), ref, width)
    ),
    "first expired not first": lambda patch: patch.setattr(
        solving, "first_expired", lambda free, stock, lines: lines
    ),
    "reasons made up": lambda patch: patch.setattr(reasons._Reasons, "_reason", lambda *a: "LEVEL"),
}


def _no_first(batch: Any) -> Any:
    from dataclasses import replace

    return replace(batch, parameters=replace(batch.parameters, first_share_permille=0))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_engine_is_found_out(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[mutant](monkeypatch)

    assert any(_complained(seed) for seed in range(60)), mutant


def _complained(seed: int) -> bool:
    """A mutant that stops the engine itself has not been caught by the verifier."""
    for world in (stepped(seed), in_units(stepped(seed)), tiny(seed), dated(seed)):
        try:
            found = shared(world)
        except (AssertionError, ArithmeticError, LookupError, ValueError):
            continue
        if complaint(world, found) is not None:
            return True
    return False


def test_a_thousand_falsified_records_of_the_engine_are_all_complained_of() -> None:
    tried: Counter[str] = Counter()
    for seed in count():
        world = stepped(seed)
        found = tampered(shared(world), seed)
        if found is not None:
            way, falsified = found
            assert complaint(world, falsified) is not None, (seed, way)
            tried[way] += 1
        if tried.total() == 1000:
            break

    assert min(tried.values()) >= 50, tried


def test_two_groups_told_as_one_are_seen_though_sums_and_level_agree() -> None:
    lots = [lot(f"L{place}", f"S{place}", 50, grade=grade) for place, grade in enumerate("BBAA")]
    world = batch(lots, [demand("D1", 10, grade="B"), demand("D2", 40, grade="A")])
    world["commodities"][0]["grades"] = ["A", "B"]
    world["parameters"]["first_share_permille"] = 0
    record = shared(world)
    low, high = record["bottlenecks"]

    record["bottlenecks"] = [
        {**high, "members": low["members"] + high["members"], "amount": low["amount"] + high["amount"]}
    ]
    for row in record["lots"]:
        row["level"] = high["level"]
    found = complaint(world, sealed(record))

    assert found is not None
    assert (found.rule, found.seller) == ("bottlenecks", "S0")
