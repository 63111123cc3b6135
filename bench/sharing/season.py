"""Many days under every rule, and what came of it for sellers, villages and the buyers' purse."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import mean

from bench.sharing.limits import Optimum, arcs_of, most, optimum
from bench.sharing.peers import RULES
from bench.sharing.rules import Day, Document, Key, Outcome, by_lexwf, by_peer, credits_of, day_of

LEXWF = {"LexWF s = .25": 250, "LexWF s = 0": 0}
COLUMNS = (
    "fill %",
    "cost over optimum %",
    "stops a day",
    "seller Gini",
    "sold nothing %",
    "p5 got/hak",
    "village imbalance kg",
)


@dataclass
class Season:
    """Sums over the days of one rule. `hak` as LexWF of the same first share computed it on these days."""

    given: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    hak: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    filled: int = 0
    reachable: int = 0
    cost: float = 0.0
    best_cost: float = 0.0
    best_filled: int = 0
    stops: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, outcome: Outcome, reachable: int, best: Optimum) -> None:
        for key, amount in outcome.given.items():
            self.given[key] += amount
        self.filled += sum(outcome.filled.values())
        self.reachable += reachable
        self.cost += outcome.cost
        self.best_cost += best.cost
        self.stops.append(outcome.stops)
        self.seconds.append(outcome.seconds)

    def add_hak(self, record: Document) -> None:
        for row in record["sellers"]:
            self.hak[row["seller"], row["commodity"]] += row["hak"]


def season(plain_days: list[Document], gap: list[float] | None = None) -> dict[str, Season]:
    """All rules over the same days; only LexWF carries credits from day to day, beginning with the first day's own."""
    seasons = {rule: Season() for rule in (*RULES, *LEXWF)}
    begun = {(row["seller"], row["commodity"]): row["amount"] for row in plain_days[0].get("credits", [])}
    carried: dict[str, dict[Key, int]] = {rule: dict(begun) for rule in LEXWF}
    for plain in plain_days:
        day = day_of(plain)
        reachable = sum(most(arcs_of(day.batch, one)) for one in day.markets.values())
        best = optimum(day.batch, day.markets)
        if gap is not None:
            gap.append(best.gap)
        for rule in RULES:
            seasons[rule].add(by_peer(day, rule), reachable, best)
        for rule, first_share in LEXWF.items():
            outcome = by_lexwf(day, first_share, carried[rule])
            kept = {key: one for key, one in carried[rule].items() if key[1] not in day.batch.commodities}
            carried[rule] = kept | credits_of(outcome.record)
            seasons[rule].add(outcome, reachable, best)
            seasons[rule].add_hak(outcome.record)
    for rule in RULES:
        seasons[rule].hak = seasons["LexWF s = .25"].hak
    return seasons


def villages_of(plain_days: list[Document]) -> dict[Key, str]:
    return {(lot["seller"], lot["commodity"]): lot["village"] for day in plain_days for lot in day["lots"]}


def columns(of: Season, villages: dict[Key, str]) -> dict[str, float]:
    """Cost is compared per unit filled, so that filling less is no saving."""
    sold = [of.given.get(key, 0) for key in villages]
    ratios = sorted(of.given.get(key, 0) / due for key, due in of.hak.items() if due)
    over = (of.cost / max(of.filled, 1)) / (of.best_cost / max(of.reachable, 1)) - 1 if of.best_cost else 0.0
    off: defaultdict[str, int] = defaultdict(int)
    for key, village in villages.items():
        off[village] += of.given.get(key, 0) - of.hak.get(key, 0)
    values = (
        100 * of.filled / max(of.reachable, 1),
        100 * over,
        mean(of.stops),
        gini(sold),
        100 * sum(one == 0 for one in sold) / len(sold),
        ratios[len(ratios) // 20] if ratios else 1.0,
        mean(abs(one) for one in off.values()) / 1000,
    )
    return dict(zip(COLUMNS, values, strict=True))


def gini(amounts: list[int]) -> float:
    ordered, total = sorted(amounts), sum(amounts)
    if not total:
        return 0.0
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


__all__ = ["COLUMNS", "LEXWF", "Day", "Season", "columns", "gini", "season", "villages_of"]
