"""Step 10: the record, with every line, every reason and its hashes. A plain JSON object, as files have it."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from services.cooperative.sharing.engine.batch import Batch
from services.cooperative.sharing.engine.canonical import digest
from services.cooperative.sharing.engine.entitlement import Hak
from services.cooperative.sharing.engine.flow import Ints
from services.cooperative.sharing.engine.reasons import demand_rows, lot_rows
from services.cooperative.sharing.engine.solve import (
    Opening,
    Shared,
    Solving,
    Trace,
    dues_of,
    haks,
    prepared,
    silent,
)
from services.cooperative.sharing.engine.worth import dot, floored

Record = dict[str, Any]
Rows = list[dict[str, Any]]
ENGINE = {"name": "lexwf", "version": "1"}
UNHASHED = ("output_hash", "engine", "names")


def solve(batch: Batch, trace: Trace = silent) -> Record:
    """Share a batch. Lists are sorted as the hash wants them, so that the record can be written as it is."""
    free = prepared(batch)
    trace("eligible: " + ", ".join(f"{name} {one.pool.types} types" for name, one in free.items()))
    found = haks(batch, free, trace)
    dues = dues_of(batch, free, {name: one.hak for name, one in found.items()})
    opening, shared = Solving(batch, free, dues, trace).run()
    hak_lines = sorted(
        (row for name, one in found.items() for row in _hak_lines(shared[name], one)), key=_lot_and_demand
    )
    first = {
        name: dict(zip(one.pool.sellers, found[name].first.tolist(), strict=True))
        for name, one in free.items()
    }
    hak = {
        name: dict(zip(one.pool.sellers, found[name].hak.tolist(), strict=True)) for name, one in free.items()
    }
    stuck = sorted(
        (row for name, one in found.items() for row in _bottlenecks(shared[name], one)), key=_tier_and_level
    )
    fixed = {"hak_lines": hak_lines, "bottlenecks": stuck, "sellers": _due_rows(batch, first, hak)}
    return written(batch, opening, shared, fixed)


def written(
    batch: Batch,
    opening: Opening,
    shared: Mapping[str, Shared],
    fixed: Mapping[str, Rows],
    answers: Sequence[dict[str, Any]] = (),
    previous: str | None = None,
    input_hash: str | None = None,
) -> Record:
    """The record of a computed sharing. `fixed`: hak_lines, bottlenecks, and sellers with first, hak and due."""
    lines = _lines(shared)
    sellers = _credited(batch, fixed["sellers"], shared, answers)
    record: Record = {
        "batch": batch.batch,
        "input_hash": input_hash or batch.input_hash,
        "previous": previous,
        "parameters": {name: getattr(batch.parameters, name) for name in type(batch.parameters).__slots__},
        "lines": lines,
        "confirmed": [
            {"lot": one.lot, "demand": one.demand, "quantity": one.quantity} for one in batch.confirmed
        ],
        "answers": list(answers),
        "hak_lines": fixed["hak_lines"],
        "sellers": sellers,
        "lots": lot_rows(batch, opening, shared, {**fixed, "sellers": sellers}, answers),
        "demands": demand_rows(shared),
        "villages": _villages(batch, opening),
        "cost": _cost(batch, shared),
        "bottlenecks": fixed["bottlenecks"],
        "names": dict(batch.names),
        "engine": dict(ENGINE),
    }
    record["output_hash"] = output_hash(record)
    return record


def output_hash(record: Mapping[str, Any]) -> str:
    """SHA-256 over the record without its hash, the engine's name and people's names."""
    return digest({key: value for key, value in record.items() if key not in UNHASHED})


_lot_and_demand = itemgetter("lot", "demand")


def _tier_and_level(row: Mapping[str, Any]) -> tuple[Any, ...]:
    tier = row["tier"]
    return row["commodity"], tier is not None, tier or 0, row["level"], row["members"]


def _listed(*columns: Ints) -> Iterable[tuple[int, ...]]:
    return zip(*(column.tolist() for column in columns), strict=True)


def _lines(shared: Mapping[str, Shared]) -> Rows:
    rows: Rows = []
    for one in shared.values():
        lots, demands = one.free.pool.lots, one.free.pool.demands
        order = np.lexsort(one.lines[1::-1])
        rows += [
            {
                "lot": lots[lot].lot,
                "demand": demands[demand].demand,
                "quantity": amount,
                "price": lots[lot].price,
            }
            for lot, demand, amount in _listed(*(column[order] for column in one.lines))
        ]
    return sorted(rows, key=_lot_and_demand)


def _hak_lines(one: Shared, hak: Hak) -> Rows:
    pool = one.free.pool
    count = len(pool.demands)
    first, whole = (
        (lot * count + demand, amount) for lot, demand, amount in (hak.first_lines, hak.hak_lines)
    )
    keys = np.union1d(first[0], whole[0])
    amounts = []
    for places, amount in (first, whole):
        column = np.zeros_like(keys)
        column[np.searchsorted(keys, places)] = amount
        amounts.append(column)
    lots, demands = pool.lots, pool.demands
    return [
        {"lot": lots[lot].lot, "demand": demands[demand].demand, "first": least, "hak": most}
        for lot, demand, least, most in _listed(keys // max(count, 1), keys % max(count, 1), *amounts)
    ]


def _bottlenecks(one: Shared, hak: Hak) -> Rows:
    sellers = one.free.pool.sellers
    return [
        {
            "commodity": one.free.pool.commodity.commodity,
            "tier": stuck.tier,
            "level": stuck.level,
            "members": sorted(sellers[place] for place in stuck.members.tolist()),
            "amount": int(stuck.amounts.sum()),
        }
        for stuck in hak.stuck
    ]


def _due_rows(batch: Batch, first: Mapping[str, dict[str, int]], hak: Mapping[str, dict[str, int]]) -> Rows:
    """One row per seller and commodity with a lot or a credit."""
    credit = {(one.seller, one.commodity): one.amount for one in batch.credits}
    keys = dict.fromkeys((seller, name) for name, one in hak.items() for seller in one)
    return [
        {
            "seller": seller,
            "commodity": name,
            "first": first[name].get(seller, 0),
            "hak": hak[name].get(seller, 0),
            "due": credit.get((seller, name), 0) + hak[name].get(seller, 0),
        }
        for seller, name in sorted(keys | dict.fromkeys(credit))
    ]


def _credited(
    batch: Batch, rows: Rows, shared: Mapping[str, Shared], answers: Sequence[dict[str, Any]]
) -> Rows:
    """Step 9: credit = due - given - what he himself refused; the sums are asserted."""
    given: dict[tuple[str, str], int] = {}
    refused: dict[tuple[str, str], int] = {}
    for name, one in shared.items():
        total = one.free.confirmed_of_sellers()
        np.add.at(total, one.free.pool.seller_of[one.lines[0]], one.lines[2])
        given |= {
            (seller, name): amount
            for seller, amount in zip(one.free.pool.sellers, total.tolist(), strict=True)
        }
    lots = {lot.lot: lot for lot in batch.lots} if answers else {}
    for answer in answers:
        lot = lots[answer["lot"]]
        refused[lot.seller, lot.commodity] = refused.get((lot.seller, lot.commodity), 0) + answer["refused"]
    credited = []
    for row in rows:
        key = row["seller"], row["commodity"]
        own, back = given.get(key, 0), refused.get(key, 0)
        kept = {name: row[name] for name in ("seller", "commodity", "first", "hak", "due")}
        credited.append({**kept, "given": own, "refused": back, "credit": row["due"] - own - back})
    if sum(given.values()) != sum(row["given"] for row in credited):
        raise AssertionError("what is given is not what sellers gave")
    return credited


def _villages(batch: Batch, opening: Opening) -> Rows:
    return [
        {
            "village": one.village,
            "open": bool(opening.open[place]),
            "effective_cost": opening.cost[place],
            "reason": opening.reason[place],
        }
        for place, one in enumerate(batch.villages)
    ]


def _cost(batch: Batch, shared: Mapping[str, Shared]) -> dict[str, int]:
    """Rupiah: goods and haul over lines and confirmed, each rounded down once; stops of villages with any."""
    goods, haul = [], []
    stops = np.zeros(len(batch.villages), dtype=np.bool_)
    for one in shared.values():
        free, amount = one.free, one.free.confirmed.copy()
        np.add.at(amount, one.lines[0], one.lines[2])
        goods.append((dot(amount, free.pool.price), 1, free.pool.commodity.per))
        haul.append((dot(amount, free.haul), 1, free.pool.commodity.per))
        stops[free.village[amount > 0]] = True
    together = sum(one.stop_cost for one, stop in zip(batch.villages, stops.tolist(), strict=True) if stop)
    return {"goods": floored(goods), "haul": floored(haul), "stops": together}
