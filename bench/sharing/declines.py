"""What an answer does to the others: only the rest shared again (reshare), against everything shared anew."""

import json
import time
from random import Random
from statistics import mean, median
from typing import Any

from bench.sharing.rules import Document, Key
from bench.sharing.worlds import days, size_of
from services.cooperative.sharing.engine import read, reshare, solve
from services.cooperative.sharing.verify import first_complaint

Answers = dict[Key, str]


def answered(record: Document, draw: Random) -> Answers:
    """A tenth of the lines is declined, six tenths are accepted, the others still wait."""
    return {
        (row["lot"], row["demand"]): draw.choices(("declined", "accepted", "waits"), (1, 6, 3))[0]
        for row in record["lines"]
    }


def disturbed(record: Document, answers: Answers, stands: dict[str, int]) -> tuple[int, int]:
    """Sellers who accepted and have less in `stands` (by lot), and the units they lost of what they accepted."""
    accepted: dict[str, int] = {}
    for row in record["lines"]:
        if answers[row["lot"], row["demand"]] == "accepted":
            accepted[row["lot"]] = accepted.get(row["lot"], 0) + row["quantity"]
    lost = {lot: max(0, amount - stands.get(lot, 0)) for lot, amount in accepted.items()}
    return sum(amount > 0 for amount in lost.values()), sum(lost.values())


def _given(record: Document) -> dict[str, int]:
    return {row["lot"]: row["given"] for row in record["lots"]}


def one_day(plain: Document, draw: Random) -> dict[str, float]:
    raw = json.dumps(plain).encode()
    batch = read(raw)
    record = solve(batch)
    answers = answered(record, draw)
    changes = [
        {"lot": lot, "demand": demand, "kind": kind}
        for (lot, demand), kind in answers.items()
        if kind != "waits"
    ]
    begun = time.process_time()
    after = reshare(batch, record, {"changes": changes})
    took = time.process_time() - begun
    complaint = first_complaint(raw, json.dumps(after).encode())
    if complaint is not None:
        raise RuntimeError(f"{plain['batch']}: {complaint}")
    gone = {lot for (lot, _), kind in answers.items() if kind == "declined"}
    anew = solve(read(json.dumps(_without(plain, gone, answers, record)).encode()))
    calm, kept = disturbed(record, answers, _standing(after))
    upset, lost = disturbed(record, answers, _given(anew))
    accepted = sum(
        row["quantity"] for row in record["lines"] if answers[row["lot"], row["demand"]] == "accepted"
    )
    sellers = len({lot for (lot, _), kind in answers.items() if kind == "accepted"})
    return {
        "calm": calm,
        "kept": kept,
        "upset": upset,
        "lost": lost,
        "accepted": accepted,
        "sellers": sellers,
        "filled": _filled(after),
        "anew": _filled(anew),
        "seconds": took,
    }


def _without(plain: Document, gone: set[str], answers: Answers, record: Document) -> Document:
    """The same day known beforehand: lots that declined have only what else they were asked for."""
    stands: dict[str, int] = {}
    for row in record["lines"]:
        if answers[row["lot"], row["demand"]] != "declined":
            stands[row["lot"]] = stands.get(row["lot"], 0) + row["quantity"]
    lots = [
        {**lot, "quantity": stands.get(lot["lot"], 0)} if lot["lot"] in gone else lot for lot in plain["lots"]
    ]
    return {**plain, "lots": lots}


def _standing(record: Document) -> dict[str, int]:
    stands: dict[str, int] = {}
    for row in record["confirmed"]:
        stands[row["lot"]] = stands.get(row["lot"], 0) + row["quantity"]
    return stands


def _filled(record: Document) -> int:
    return sum(int(row["filled"]) for row in record["demands"])


def declines(villages: int, supply: str, seeds: int, count: int) -> dict[str, Any]:
    found = []
    for seed in range(1, seeds + 1):
        draw = Random(f"answers {villages} {supply} {seed}")
        found += [one_day(plain, draw) for plain in days(size_of(villages, supply, seed), count)]
    total = {name: sum(one[name] for one in found) for name in found[0]}
    return {
        "world": f"{villages} {supply}",
        "days": len(found),
        "accepted kg lost: reshared": total["kept"] / 1000,
        "sellers disturbed: reshared": total["calm"],
        "fill of all shared anew %": round(100 * total["filled"] / total["anew"], 3),
        "accepted kg lost %: anew": round(100 * total["lost"] / total["accepted"], 2),
        "sellers disturbed %: anew": round(100 * total["upset"] / total["sellers"], 1),
        "reshare, CPU ms: median": round(1000 * median(one["seconds"] for one in found), 1),
        "mean": round(1000 * mean(one["seconds"] for one in found), 1),
        "most": round(1000 * max(one["seconds"] for one in found), 1),
    }
