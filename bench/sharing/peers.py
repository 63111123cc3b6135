"""The rules that others use, as benchmarks only: each turns a day's markets into lines, in whole steps and minimums.

Orders are served one after the other, as they were placed; what differs is which lots serve an order.
"""

from collections.abc import Callable, Iterable

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.market import Market
from services.cooperative.sharing.verify.paths import Lines

Split = Callable[[list[int], int], list[int]]
Rule = Callable[[Batch, dict[str, Market]], dict[str, Lines]]


def in_turn(key: Callable[[Batch, Market, list[int], int], object]) -> Rule:
    """Each order takes all it can from the first lot by this key, then the next."""

    def share(batch: Batch, markets: dict[str, Market]) -> dict[str, Lines]:
        return {name: _served(batch, market, key) for name, market in markets.items()}

    return share


def _served(batch: Batch, market: Market, key: Callable[[Batch, Market, list[int], int], object]) -> Lines:
    free = list(market.stock)
    lines: Lines = {}
    given = [0] * len(free)
    for demand, able in _orders(market):
        open_ = market.demands[demand].quantity
        for lot in sorted(
            (lot for lot in able if free[lot]), key=lambda lot: (key(batch, market, free, lot), lot)
        ):
            taken = _whole(market, lot, given[lot], min(free[lot], open_))
            if taken:
                lines[lot, demand] = taken
                free[lot] -= taken
                given[lot] += taken
                open_ -= taken
            if not open_:
                break
    return lines


def _whole(market: Market, lot: int, given: int, amount: int) -> int:
    """The amount in whole steps; nothing where the lot would stay below its minimum."""
    whole = amount // market.lots[lot].step * market.lots[lot].step
    return whole if given + whole >= market.lots[lot].minimum else 0


def _orders(market: Market) -> Iterable[tuple[int, list[int]]]:
    for demand in range(len(market.demands)):
        able = []
        for number, place in market.places[demand]:
            for at in range(place + 1):
                able += market.chains[number].lots[at]
        yield demand, able


def split_by(split: Split) -> Rule:
    """Each order is split over all lots that may serve it; what steps and minimums leave goes out in lot order."""

    def share(_batch: Batch, markets: dict[str, Market]) -> dict[str, Lines]:
        return {name: _split(market, split) for name, market in markets.items()}

    return share


def _split(market: Market, split: Split) -> Lines:
    free = list(market.stock)
    lines: Lines = {}
    given = [0] * len(free)
    for demand, able in _orders(market):
        able = [lot for lot in able if free[lot]]
        open_ = market.demands[demand].quantity
        wishes = split([free[lot] for lot in able], open_)
        for wanted in (wishes, [free[lot] for lot in able]):
            for lot, wish in zip(able, wanted, strict=True):
                taken = _whole(market, lot, given[lot], min(free[lot], open_, wish))
                if taken:
                    lines[lot, demand] = lines.get((lot, demand), 0) + taken
                    free[lot] -= taken
                    given[lot] += taken
                    open_ -= taken
    return lines


def pro_rata(stock: list[int], wanted: int) -> list[int]:
    total = sum(stock)
    return [amount if total <= wanted else amount * wanted // total for amount in stock]


def equal_awards(stock: list[int], wanted: int) -> list[int]:
    """Constrained equal awards: everyone the same, nobody more than he has."""
    left, awards = wanted, [0] * len(stock)
    order = sorted(range(len(stock)), key=lambda place: stock[place])
    for turn, place in enumerate(order):
        awards[place] = min(stock[place], left // (len(order) - turn))
        left -= awards[place]
    return awards


RULES: dict[str, Rule] = {
    "cheapest first": in_turn(
        lambda batch, market, _free, lot: market.lots[lot].price + batch.villages[market.lots[lot].village][1]
    ),
    "first come first served": in_turn(lambda _batch, market, _free, lot: market.lots[lot].lot),
    "highest stock first": in_turn(lambda _batch, _market, free, lot: -free[lot]),
    "pro-rata": split_by(pro_rata),
    "equal awards per order": split_by(equal_awards),
}
