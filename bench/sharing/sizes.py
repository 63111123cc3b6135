"""How long one sharing takes, step by step, beside one max-flow and one min-cost flow of the same instance."""

import json
import time
from collections.abc import Callable
from typing import Any

from bench.sharing.limits import arcs_of, least_cost, most
from bench.sharing.rules import day_of
from bench.sharing.worlds import big
from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.verify import first_complaint

SIZES = ((2_000, 100), (20_000, 1_000), (100_000, 5_000))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def measured(lots: int, orders: int) -> dict[str, Any]:
    plain = big(lots, orders)
    raw = json.dumps(plain).encode()
    reading, batch = timed(lambda: read(raw))
    steps: list[tuple[float, str]] = []
    begun = time.perf_counter()
    solving, record = timed(
        lambda: solve(batch, lambda said: steps.append((time.perf_counter() - begun, said)))
    )
    written = json.dumps(record).encode()
    verifying, complaint = timed(lambda: first_complaint(raw, written))
    day = day_of(plain)
    building, networks = timed(lambda: [arcs_of(day.batch, market) for market in day.markets.values()])
    flowing, reach = timed(lambda: [most(one) for one in networks])
    pers = [market.commodity.per for market in day.markets.values()]
    cheapest, _ = timed(
        lambda: [least_cost(one, amount, per) for one, amount, per in zip(networks, reach, pers, strict=True)]
    )
    filled = sum(row["filled"] for row in record["demands"])
    return {
        "lots": lots,
        "orders": orders,
        "reading s": round(reading, 3),
        "solving s": round(solving, 3),
        "verifying s": round(verifying, 3),
        "complaint": str(complaint) if complaint else None,
        "fill %": round(100 * filled / sum(reach), 4),
        "one max-flow s": round(flowing, 3),
        "one min-cost flow s": round(cheapest, 3),
        "arcs": sum(len(one.tails) for one in networks),
        "building those networks s": round(building, 3),
        "trace": [(round(at, 3), said) for at, said in steps],
    }
