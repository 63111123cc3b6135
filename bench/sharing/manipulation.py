"""Does lying pay? One seller tries each lie on the same worlds; what is compared is what he truly sells.

One day: many tries, each another world and seller. A season: the lie every day, credits carried, his unsold goods
offered once more the next day (they keep two days). What he cannot or will not bring is answered by a reshare.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from statistics import mean
from typing import Any

from bench.sharing.lies import LIES, Lie, honest
from bench.sharing.rules import Key, credits_of
from bench.sharing.worlds import World, days
from services.cooperative.sharing.engine import read, reshare, solve

Document = dict[str, Any]
SHARES = (0, 250, 1000)
HONEST = Lie(honest)


def in_units(day: Document) -> Document:
    """The same with steps and minimums of one unit."""
    return {**day, "lots": [{**lot, "step": 1, "minimum": 1} for lot in day["lots"]]}


def without_stops(day: Document) -> Document:
    return {**day, "villages": [{**one, "stop_cost": 0} for one in day["villages"]]}


MARKETS: dict[str, Callable[[Document], Document]] = {
    "steps and stops": lambda day: day,
    "no steps": in_units,
    "no stops": without_stops,
    "neither": lambda day: in_units(without_stops(day)),
}
SEASONS = ("steps and stops", "neither")


@dataclass
class Trader:
    """One seller over the days: what he has, what he lists, what he sells, in units and in rupiah."""

    seller: str
    lie: Lie
    first_share: int
    carried: dict[Key, int] = field(default_factory=dict)
    left: Document | None = None
    sold: int = 0
    rupiah: float = 0.0

    def trades(self, number: int, day: Document) -> None:
        own = self._has(day)
        listed = self.lie.lists(number, day["day"], own) if own else []
        others = [lot for lot in day["lots"] if lot["seller"] != self.seller]
        batch = read(self._asked({**day, "lots": others + listed}))
        record = solve(batch)
        names = {lot["lot"] for lot in listed}
        brings = own["quantity"] if own and not (self.lie.declines and number % 2 == 0) else 0
        changes, sold = _answers(record, names, brings)
        if changes:
            record = reshare(batch, record, {"changes": changes})
        self.carried = credits_of(record)
        self.sold += sold
        self.rupiah += sold * own["price"] / 1000 if own else 0.0
        fresh = self._fresh(day)
        kept = min(fresh["quantity"], own["quantity"] - sold) if fresh and own else 0
        self.left = {**fresh, "quantity": kept} if fresh and kept else None

    def _fresh(self, day: Document) -> Document | None:
        return next((lot for lot in day["lots"] if lot["seller"] == self.seller), None)

    def _has(self, day: Document) -> Document | None:
        """Today's harvest and what is left of yesterday's, as one lot that is fresh enough."""
        fresh, left = self._fresh(day), self.left
        if fresh is None:
            old = {"lot": self.seller, "ready": day["day"], "expiry": day["day"]}
            return None if left is None else {**left, **old}
        return {**fresh, "quantity": fresh["quantity"] + (left["quantity"] if left else 0)}

    def _asked(self, day: Document) -> bytes:
        kept = [{"seller": s, "commodity": c, "amount": a} for (s, c), a in sorted(self.carried.items())]
        policy = {**day["parameters"], "first_share_permille": self.first_share}
        return json.dumps({**day, "parameters": policy, "credits": kept}).encode()


def _answers(record: Document, names: set[str], brings: int) -> tuple[list[Document], int]:
    """He brings what he can, line after line; what is missing is short, a line of nothing declined."""
    changes, left = [], brings
    for row in record["lines"]:
        if row["lot"] in names:
            taken = min(left, row["quantity"])
            left -= taken
            if taken < row["quantity"]:
                answer = {"kind": "short", "quantity": taken} if taken else {"kind": "declined"}
                changes.append({"lot": row["lot"], "demand": row["demand"], **answer})
    return changes, brings - left


def traded(world: list[Document], seller: str, lie: Lie, first_share: int) -> Trader:
    trader = Trader(seller, lie, first_share)
    for number, day in enumerate(world):
        trader.trades(number, day)
    return trader


def worlds_of(market: str, length: int, tries: int) -> list[tuple[list[Document], str]]:
    """Small markets, where one seller weighs most: three villages, three orders, a dozen lots a day."""
    found = []
    for number in range(tries):
        world = days(World(3, ("middle", "sparse", "short")[number % 3], 1000 + number, 3, 0.3), length)
        sellers = sorted({lot["seller"] for lot in world[0]["lots"]})
        found.append(([MARKETS[market](day) for day in world], Random(number).choice(sellers)))
    return found


def lying(first_share: int, market: str, length: int, tries: int) -> list[Document]:
    """One row a lie: how often it pays, and by how much of what all would have sold honestly."""
    worlds = worlds_of(market, length, tries)
    true = [traded(world, seller, HONEST, first_share) for world, seller in worlds]
    rows = []
    for name, lie in LIES.items():
        if length == 1 and lie.seasons_only:
            continue
        lied = [traded(world, seller, lie, first_share) for world, seller in worlds]
        rows.append(
            {"lie": name, "s": first_share / 1000, "market": market, "days": length, **_gains(true, lied)}
        )
    return rows


def _gains(true: list[Trader], lied: list[Trader]) -> Document:
    kilos = [(after.sold - before.sold) / 1000 for before, after in zip(true, lied, strict=True)]
    rupiah = [after.rupiah - before.rupiah for before, after in zip(true, lied, strict=True)]
    return {
        "tries": len(kilos),
        "gain in %": round(100 * sum(one > 0 for one in kilos) / len(kilos), 1),
        "lose in %": round(100 * sum(one < 0 for one in kilos) / len(kilos), 1),
        "mean kg": round(mean(kilos), 3),
        "most kg": round(max(kilos), 3),
        "mean of honest kg %": round(100 * sum(kilos) / max(sum(one.sold for one in true) / 1000, 1e-9), 2),
        "mean of honest Rp %": round(100 * sum(rupiah) / max(sum(one.rupiah for one in true), 1e-9), 2),
        "most Rp": round(max(rupiah)),
    }


def _column(row: Document) -> str:
    return f"s = {row['s']:g}: tries that gain, mean, most"


def pivoted(rows: list[Document]) -> list[Document]:
    """One row a lie, market and length; one column a first share."""
    found: dict[tuple[str, str, int], Document] = {}
    empty = {_column(row): "-" for row in sorted(rows, key=lambda row: float(row["s"]))}
    for row in rows:
        key = row["lie"], row["market"], row["days"]
        into = found.setdefault(
            key, {"lie": row["lie"], "market": row["market"], "days": row["days"], **empty}
        )
        into[_column(row)] = (
            f"{row['gain in %']:.0f} %, {row['mean of honest kg %']:+.1f} %, {row['most kg']:+.3f} kg"
        )
    return sorted(found.values(), key=lambda row: (list(LIES).index(row["lie"]), row["days"]))
