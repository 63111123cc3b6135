"""Many days under every rule, and what came of it for sellers, villages and the buyers' purse."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from bench.sharing.limits import Optimum, cheapest_day, optimum
from bench.sharing.network import arcs_of, most
from bench.sharing.peers import RULES
from bench.sharing.rules import Day, Document, Key, Outcome, by_lexwf, by_lots, by_peer, credits_of, day_of

FAIR, CHEAP = "LexWF s = .25", "LexWF s = 0"
LEXWF = {FAIR: 250, CHEAP: 0}
CHEAPEST_FLOW, MILP = "limit: cheapest flow, no step", "limit: MILP with stops, no step"
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


@dataclass(frozen=True)
class Known:
    """One day read once, with the most that can be carried and the cheapest way to carry it."""

    day: Day
    reachable: int
    best: Optimum


def known(plain: Document) -> Known:
    day = day_of(plain)
    reachable = sum(most(arcs_of(day.batch, one)) for one in day.markets.values())
    return Known(day, reachable, optimum(day.batch, day.markets))


def season(plain_days: list[Document]) -> dict[str, Season]:
    """All rules over the same days; only LexWF carries credits from day to day, beginning with the first day's own."""
    return under_all_rules([known(plain) for plain in plain_days])


def under_all_rules(days: Sequence[Known]) -> dict[str, Season]:
    seasons = {rule: Season() for rule in RULES}
    for one in days:
        for rule in RULES:
            seasons[rule].add(by_peer(one.day, rule), one.reachable, one.best)
    seasons |= {rule: under_lexwf(days, first_share) for rule, first_share in LEXWF.items()}
    for rule in RULES:
        seasons[rule].hak = seasons[FAIR].hak
    return seasons


def under_lexwf(days: Sequence[Known], first_share: int, check: bool = True) -> Season:
    found = Season()
    for one, outcome in zip(days, day_by_day([one.day for one in days], first_share, check), strict=True):
        found.add(outcome, one.reachable, one.best)
        found.add_hak(outcome.record)
    return found


def day_by_day(days: Sequence[Day], first_share: int, check: bool = True) -> Iterator[Outcome]:
    begun = days[0].plain.get("credits", [])
    carried: dict[Key, int] = {(row["seller"], row["commodity"]): row["amount"] for row in begun}
    for one in days:
        outcome = by_lexwf(one, first_share, carried, check)
        kept = {key: amount for key, amount in carried.items() if key[1] not in one.batch.commodities}
        carried = kept | credits_of(outcome.record)
        yield outcome


def at_the_limits(days: Sequence[Known]) -> dict[str, Season]:
    """What the two cheapest full sharings do to everybody, in units, without steps and minimums."""
    flow, milp = Season(), Season()
    for one in days:
        flow.add(
            by_lots(one.day.batch, cheapest_day(one.day.batch, one.day.markets)), one.reachable, one.best
        )
        milp.add(by_lots(one.day.batch, one.best.given), one.reachable, one.best)
    return {CHEAPEST_FLOW: flow, MILP: milp}


def villages_of(plain_days: list[Document]) -> dict[Key, str]:
    return {(lot["seller"], lot["commodity"]): lot["village"] for day in plain_days for lot in day["lots"]}


def columns(of: Season, villages: dict[Key, str]) -> dict[str, float]:
    """Cost is compared per unit filled, so that filling less is no saving."""
    sold = [of.given.get(key, 0) for key in villages]
    ratios = got_of_hak(of)
    over = (of.cost / max(of.filled, 1)) / (of.best_cost / max(of.reachable, 1)) - 1 if of.best_cost else 0.0
    values = (
        100 * of.filled / max(of.reachable, 1),
        100 * over,
        mean(of.stops),
        gini(sold),
        100 * sum(one == 0 for one in sold) / len(sold),
        ratios[len(ratios) // 20] if ratios else 1.0,
        imbalance(of.given, of.hak, villages),
    )
    return dict(zip(COLUMNS, values, strict=True))


def imbalance(given: Mapping[Key, int], hak: Mapping[Key, int], villages: Mapping[Key, str]) -> float:
    """How far a village is from its hak, in thousands of the smallest unit (kg), mean over villages."""
    got, due = of_villages(given, villages), of_villages(hak, villages)
    return mean(abs(got[village] - due[village]) for village in got) / 1000


def of_villages(amounts: Mapping[Key, int], villages: Mapping[Key, str]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for key, village in villages.items():
        found[village] += amounts.get(key, 0)
    return dict(found)


def got_of_hak(of: Season) -> list[float]:
    """What each seller got of what was due to him, worst off first."""
    return sorted(of.given.get(key, 0) / due for key, due in of.hak.items() if due)


def gini(amounts: list[int]) -> float:
    ordered, total = sorted(amounts), sum(amounts)
    if not total:
        return 0.0
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)
