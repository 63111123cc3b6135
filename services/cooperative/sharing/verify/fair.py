"""Fair (a), (b) and (c) of the rule, each by one search for exchange paths; a path to open demand breaks full."""

from dataclasses import dataclass
from itertools import starmap

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.market import Market
from services.cooperative.sharing.verify.paths import Ladder, Lines, Place, Search, ladder, one_rung
from services.cooperative.sharing.verify.sheet import Sheet, summed


@dataclass(frozen=True)
class Part:
    """One of the two flows behind hak."""

    market: Market
    ladders: list[Ladder]
    lines: Lines
    used: list[int]
    open: list[int]

    def searched(self, seeds: list[Place]) -> Search:
        room = [stock - used for stock, used in zip(self.market.stock, self.used, strict=True)]
        search = Search(self.market, self.ladders, self.lines, room, self.open)
        search.run(seeds)
        return search


def check_first(sheet: Sheet, first_share: int) -> None:
    """(a): nobody below his stock could take a unit of `first` from somebody with at least 2 more."""
    market = sheet.market
    used, taken = summed(sheet.first, len(market.lots), len(market.demands))
    left = [wanted * first_share // 1000 - done for wanted, done in zip(market.wanted, taken, strict=True)]
    amount = sheet.by_seller(used)
    part = Part(market, list(map(one_rung, market.lots_of)), sheet.first, used, left)
    seeds = sorted(((s, 0) for s, has in enumerate(amount) if has), key=lambda seed: -amount[seed[0]])
    search = part.searched(seeds)
    for seller, has in enumerate(amount):
        label = search.label[seller][0]
        if label == 0:
            raise _complaint(
                market, seller, "first", f"has {has} of the first shares, and some is open to him"
            )
        if label > 0 and amount[seeds[label - 1][0]] >= has + 2:
            other = seeds[label - 1][0]
            what = (
                f"has {has} of the first shares, {market.sellers[other]} {amount[other]}, who could give way"
            )
            raise _complaint(market, seller, "first", what)


def check_hak(sheet: Sheet) -> None:
    """(b): nobody's rest could take a unit from a dearer tier, or in its own tier from one with at least 2 more."""
    market = sheet.market
    used, taken = summed(sheet.hak, len(market.lots), len(market.demands))
    left = [wanted - done for wanted, done in zip(market.wanted, taken, strict=True)]
    ladders = sheet.rest
    seeds = above_seeds(ladders)
    search = Part(market, ladders, sheet.hak, used, left).searched(seeds)
    for seller in range(len(ladders)):
        check_rungs(market, search, seller, seeds, "hak")


def above_seeds(ladders: list[Ladder]) -> list[Place]:
    """Who could give up a unit above what is kept: dearest tier first, there who has most."""
    seeds = [
        (seller, rung) for seller, own in enumerate(ladders) for rung, amount in enumerate(own.more) if amount
    ]
    return sorted(seeds, key=lambda seed: _rank(ladders, seed), reverse=True)


def _rank(ladders: list[Ladder], seed: Place) -> tuple[int, int]:
    own = ladders[seed[0]]
    return own.tiers[seed[1]], own.more[seed[1]]


def check_rungs(market: Market, search: Search, seller: int, seeds: list[Place], rule: str) -> None:
    own = search.ladders[seller]
    for rung, tier in enumerate(own.tiers):
        label = search.label[seller][rung]
        has = own.more[rung]
        if label == 0:
            raise _complaint(
                market, seller, rule, f"has {has} in tier {tier}, and some demand is open to him"
            )
        if label < 0 or label > len(seeds):
            continue
        dearer, most = _rank(search.ladders, seeds[label - 1])
        other = market.sellers[seeds[label - 1][0]]
        if dearer > tier:
            what = f"could give more at tier {tier} in place of {other} at the dearer tier {dearer}"
            raise _complaint(market, seller, rule, what)
        if dearer == tier and most >= has + 2:
            raise _complaint(
                market, seller, rule, f"has {has} in tier {tier}, {other} {most}, who could give way"
            )


def check_given_evenly(sheet: Sheet) -> None:
    """(c) where all steps and minimums are 1: dues first, highest unpaid downwards; above dues as (b)."""
    market = sheet.market
    due = [sheet.due_left(seller) for seller in range(len(market.sellers))]
    got = sheet.by_seller(sheet.new_of_lot)
    ladders = _open_ladders(sheet, [min(pair) for pair in zip(due, got, strict=True)])
    unpaid = [max(0, wanted - has) for wanted, has in zip(due, got, strict=True)]
    above = above_seeds(ladders)
    paid = [
        (seller, len(own.tiers) - 1)
        for seller, own in enumerate(ladders)
        if own.tiers and 0 < got[seller] <= due[seller]
    ]
    seeds = above + sorted(paid, key=lambda seed: unpaid[seed[0]])
    room = [sheet.free(lot) for lot in range(len(market.lots))]
    search = Search(market, ladders, sheet.new, room, list(map(sheet.open, range(len(market.demands)))))
    search.run(seeds)
    for seller, missing in enumerate(unpaid):
        if missing == 0:
            check_rungs(market, search, seller, above, "given")
        elif search.ladders[seller].tiers:
            _check_due(market, search, seller, seeds, (unpaid, len(above)))


def _open_ladders(sheet: Sheet, kept: list[int]) -> list[Ladder]:
    lots_of = [[lot for lot in lots if lot not in sheet.closed] for lots in sheet.market.lots_of]
    pairs = zip(lots_of, kept, strict=True)
    return list(starmap(lambda lots, own: ladder(sheet.market, lots, sheet.new_of_lot, own), pairs))


def _check_due(
    market: Market, search: Search, seller: int, seeds: list[Place], dues: tuple[list[int], int]
) -> None:
    unpaid, above = dues
    label = search.label[seller][-1]
    missing = f"{unpaid[seller]} of his due is not paid"
    if label == 0:
        raise _complaint(market, seller, "given", f"{missing}, and some demand is open to him")
    if label < 0:
        return
    other = seeds[label - 1][0]
    if label <= above:
        raise _complaint(market, seller, "given", f"{missing}, {market.sellers[other]} has more than his due")
    if unpaid[other] <= unpaid[seller] - 2:
        what = f"{missing}, {unpaid[other]} of {market.sellers[other]}'s, who could give way"
        raise _complaint(market, seller, "given", what)


def _complaint(market: Market, seller: int, rule: str, what: str) -> Complaint:
    return Complaint(rule, f"{what} ({market.commodity.commodity})", market.sellers[seller])
