"""One day under one rule: the engine for LexWF, the peers for the rest, in one form that can be measured."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from bench.sharing.peers import RULES
from services.cooperative.documents import document
from services.cooperative.sharing.engine import read, solve
from services.cooperative.sharing.verify import first_complaint
from services.cooperative.sharing.verify.batch import Batch, batch_of
from services.cooperative.sharing.verify.market import Market, markets_of

Document = dict[str, Any]
Key = tuple[str, str]


@dataclass
class Outcome:
    """`given` by (seller, commodity) in units; cost in rupiah; `stops`: villages the truck stops at."""

    given: dict[Key, int]
    filled: dict[str, int]
    cost: float
    stops: int
    seconds: float
    record: Document = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """A batch as read by the verifier, shared by all rules that are measured on it."""

    plain: Document
    batch: Batch
    markets: dict[str, Market]


def day_of(plain: Document) -> Day:
    batch = batch_of(document(json.dumps(plain).encode()))
    return Day(plain, batch, markets_of(batch))


def by_peer(day: Day, rule: str) -> Outcome:
    begun = time.perf_counter()
    lines = RULES[rule](day.batch, day.markets)
    seconds = time.perf_counter() - begun
    given: dict[str, int] = {}
    filled: dict[str, int] = dict.fromkeys(day.markets, 0)
    for name, own in lines.items():
        for (place, _), amount in own.items():
            lot = day.markets[name].lots[place].lot
            given[lot] = given.get(lot, 0) + amount
            filled[name] += amount
    return _outcome(day.batch, given, filled, seconds)


def by_lexwf(day: Day, first_share: int, carried: dict[Key, int], check: bool = True) -> Outcome:
    """The engine, with the credits of the day before; every record is verified."""
    plain = {
        **day.plain,
        "parameters": {**day.plain["parameters"], "first_share_permille": first_share},
        "credits": [
            {"seller": seller, "commodity": name, "amount": amount}
            for (seller, name), amount in sorted(carried.items())
            if name in day.batch.commodities
        ],
    }
    raw = json.dumps(plain).encode()
    begun = time.perf_counter()
    record = solve(read(raw))
    seconds = time.perf_counter() - begun
    if check:
        complaint = first_complaint(raw, json.dumps(record).encode())
        if complaint is not None:
            raise RuntimeError(f"{plain['batch']}: {complaint}")
    given = {row["lot"]: row["given"] for row in record["lots"]}
    filled = dict.fromkeys(day.markets, 0)
    for row in record["demands"]:
        filled[day.batch.demands[row["demand"]].commodity] += row["filled"]
    outcome = _outcome(day.batch, given, filled, seconds)
    outcome.record = record
    return outcome


def by_lots(batch: Batch, given: dict[str, int]) -> Outcome:
    """A sharing that somebody else made, by what each lot gives."""
    filled: dict[str, int] = {}
    for name, amount in given.items():
        commodity = batch.lots[name].commodity
        filled[commodity] = filled.get(commodity, 0) + amount
    return _outcome(batch, given, filled, 0.0)


def _outcome(batch: Batch, of_lots: dict[str, int], filled: dict[str, int], seconds: float) -> Outcome:
    given: dict[Key, int] = {}
    cost, stops = 0.0, set()
    for name, amount in of_lots.items():
        if amount:
            lot = batch.lots[name]
            stop, haul = batch.villages[lot.village]
            cost += amount * (lot.price + haul) / batch.commodities[lot.commodity].per
            cost += 0 if lot.village in stops else stop
            stops.add(lot.village)
            given[lot.seller, lot.commodity] = given.get((lot.seller, lot.commodity), 0) + amount
    return Outcome(given, filled, cost, len(stops), seconds)


def credits_of(record: Document) -> dict[Key, int]:
    return {(row["seller"], row["commodity"]): row["credit"] for row in record["sellers"] if row["credit"]}
