"""How long one sharing takes, step by step, beside one max-flow and one min-cost flow of the same instance."""

import json
import time
from typing import Any

from bench.sharing.decline import declined
from bench.sharing.large import big
from bench.sharing.network import arcs_of, cheapest, most
from bench.sharing.rules import day_of
from bench.sharing.supply import statistics
from bench.sharing.timing import timed
from services.cooperative.sharing.engine import Batch, read, solve
from services.cooperative.sharing.engine.record import Record
from services.cooperative.sharing.verify import first_complaint

SIZES = ((2_000, 100), (20_000, 1_000), (100_000, 5_000))
TARGETS = {2_000: None, 20_000: 2.0, 100_000: 12.0}
TIMES = 3
# What the engine's trace says at the end of a step; the first that fits. After the last, the record is written.
STEPS = (
    ("eligible", "1 eligible"),
    (": first", "2 hak"),
    (": tier", "2 hak"),
    ("villages", "4 villages"),
    ("given", "5-6 given, steps"),
    ("exchanged", "7-8 buyers, exchanges"),
)
WRITING = "9-10 credits, record"


def measured(lots: int, orders: int) -> dict[str, Any]:
    plain = big(lots, orders)
    raw = json.dumps(plain).encode()
    reading, _, batch = timed(lambda: read(raw))
    runs = [_solved(batch) for _ in range(TIMES)]
    (solving, used), steps, trace, record = min(runs, key=lambda one: one[0])
    verifying, _, complaint = timed(lambda: first_complaint(raw, json.dumps(record).encode()))
    if complaint is not None:
        raise RuntimeError(f"{plain['batch']}: {complaint}")
    filled = sum(row["filled"] for row in record["demands"])
    limits, reach = _limits(plain)
    return {
        "lots": lots,
        "orders": orders,
        "statistics": statistics([plain]),
        "solving s": round(solving, 3),
        "target s": TARGETS.get(lots) or "none",
        "CPU s": round(used, 3),
        "slowest of three, s": round(max(one[0][0] for one in runs), 3),
        "fill %": round(100 * filled / reach, 4),
        **limits,
        **declined(batch, record),
        "reading s": round(reading, 3),
        "verifying s": round(verifying, 3),
        "steps": steps,
        "trace": trace,
    }


def _solved(batch: Batch) -> tuple[tuple[float, float], dict[str, float], list[tuple[float, str]], Record]:
    said: list[tuple[float, str]] = []
    begun = time.process_time()
    seconds, used, record = timed(
        lambda: solve(batch, lambda text: said.append((time.process_time() - begun, text)))
    )
    steps = dict.fromkeys([*dict.fromkeys(name for _, name in STEPS), WRITING], 0.0)
    before = 0.0
    for at, text in said:
        steps[next((name for sign, name in STEPS if sign in text), WRITING)] += at - before
        before = at
    steps[WRITING] += used - before
    trace = [(round(at, 3), text) for at, text in said]
    return (seconds, used), {name: round(value, 3) for name, value in steps.items()}, trace, record


def _limits(plain: dict[str, Any]) -> tuple[dict[str, Any], int]:
    day = day_of(plain)
    networks = [arcs_of(day.batch, market) for market in day.markets.values()]
    _, flowing, reach = timed(lambda: [most(one) for one in networks])
    _, costing, _ = timed(
        lambda: [cheapest(one, amount) for one, amount in zip(networks, reach, strict=True)]
    )
    return {
        "one max-flow, CPU s": round(flowing, 3),
        "one min-cost flow, CPU s": round(costing, 3),
        "arcs": sum(len(one.tails) for one in networks),
    }, sum(reach)
