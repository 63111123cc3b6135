"""Does lying pay? One seller tries each lie on the same worlds; what is compared is what he truly sells.

One day: many tries, each another world and seller. A season: the lie every day, credits carried.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from statistics import mean
from typing import Any

from bench.sharing.rules import Key, credits_of
from bench.sharing.worlds import World, days
from services.cooperative.sharing.engine import read, solve

Document = dict[str, Any]
Lie = Callable[[Document, str, int], Document]
SHARES = (0, 250, 1000)


def _changed(day: Document, seller: str, change: Callable[[Document], Document | None]) -> Document:
    lots = [change(dict(lot)) if lot["seller"] == seller else lot for lot in day["lots"]]
    return {**day, "lots": [lot for lot in lots if lot is not None]}


def overstates(day: Document, seller: str, _number: int) -> Document:
    """Half as much again as he has; what he cannot bring is short, and debited."""
    return _changed(day, seller, lambda lot: {**lot, "quantity": lot["quantity"] * 3 // 2})


def misdates(day: Document, seller: str, _number: int) -> Document:
    """As if all expired today."""
    return _changed(day, seller, lambda lot: {**lot, "expiry": day["day"]})


def splits(day: Document, seller: str, _number: int) -> Document:
    """Half his stock under a second account."""
    split = deepcopy(day)
    for lot in [one for one in split["lots"] if one["seller"] == seller]:
        half = lot["quantity"] // 2
        split["lots"].append({**lot, "lot": lot["lot"] + "b", "seller": seller + "b", "quantity": half})
        lot["quantity"] -= half
    return split


def withdraws(day: Document, seller: str, number: int) -> Document:
    """Nothing today, twice as much tomorrow."""
    today = number % 2 == 1
    return _changed(day, seller, lambda lot: {**lot, "quantity": lot["quantity"] * 2} if today else None)


def honest(day: Document, _seller: str, _number: int) -> Document:
    return day


LIES: dict[str, Lie] = {
    "overstates stock": overstates,
    "splits his stock over two accounts": splits,
    "misdates": misdates,
    "withdraws and lists again": withdraws,
    "declines every other day": honest,
}


def in_units(day: Document) -> Document:
    """The same with steps and minimums of one unit."""
    return {**day, "lots": [{**lot, "step": 1, "minimum": 1} for lot in day["lots"]]}


def sold(world: list[Document], seller: str, lie: str | None, first_share: int) -> int:
    """What the seller truly sells over these days: never more than he has, nothing of what he declines."""
    carried: dict[Key, int] = {}
    total = 0
    for number, day in enumerate(world):
        said = LIES[lie](day, seller, number) if lie else day
        record = _solved(said, first_share, carried)
        carried = credits_of(record)
        has = sum(lot["quantity"] for lot in day["lots"] if lot["seller"] == seller)
        given = sum(row["given"] for row in record["sellers"] if row["seller"] in (seller, seller + "b"))
        if lie == "withdraws and lists again":
            total += given
        elif lie != "declines every other day" or number % 2 == 1:
            total += min(has, given)
        # declined or short: `given` stays debited as his own refusal, so the credit is as the record has it
    return total


def _solved(day: Document, first_share: int, carried: dict[Key, int]) -> Document:
    kept = [{"seller": s, "commodity": c, "amount": a} for (s, c), a in sorted(carried.items())]
    policy = {**day["parameters"], "first_share_permille": first_share}
    return solve(read(json.dumps({**day, "parameters": policy, "credits": kept}).encode()))


def table(tries: int, season_days: int, season_tries: int) -> list[Document]:
    """Per lie, first share, steps and length: how often it pays, and by how much of what he would have sold."""
    rows = []
    for first_share in SHARES:
        for steps in (True, False):
            for length, count in ((1, tries), (season_days, season_tries)):
                cases = [_case(number, length, steps, first_share) for number in range(count)]
                for lie in LIES:
                    if length == 1 and lie.startswith(("withdraws", "declines")):
                        continue
                    rows.append(_row(lie, first_share, steps, length, cases))
    return rows


def _case(number: int, length: int, steps: bool, first_share: int) -> tuple[list[Document], str, int]:
    world = days(World(3, ("middle", "sparse", "short")[number % 3], 1000 + number, 3, 0.3), length)
    world = world if steps else [in_units(day) for day in world]
    sellers = sorted({lot["seller"] for lot in world[0]["lots"]})
    seller = Random(number).choice(sellers)
    return world, seller, sold(world, seller, None, first_share)


def _row(
    lie: str, first_share: int, steps: bool, length: int, cases: list[tuple[list[Document], str, int]]
) -> Document:
    gains = [sold(world, seller, lie, first_share) - before for world, seller, before in cases]
    base = sum(before for _, _, before in cases)
    return {
        "lie": lie,
        "s": first_share / 1000,
        "steps": steps,
        "days": length,
        "tries": len(gains),
        "gains": sum(gain > 0 for gain in gains),
        "loses": sum(gain < 0 for gain in gains),
        "mean gain g": round(mean(gains), 1),
        "of what he sold %": round(100 * sum(gains) / base, 2) if base else 0.0,
        "most gained g": max(gains),
    }
