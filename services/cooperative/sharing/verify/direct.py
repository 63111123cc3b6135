"""Fair (c) and full where lots have steps or minimums: no direct exchange of one lot's next amount is left."""

from collections import defaultdict
from collections.abc import Iterator

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.sheet import Sheet

Worth = tuple[int, int]
Best = tuple[Worth, int] | None
NOBODY: list[Best] = [None, None]


def next_amount(sheet: Sheet, lot: int) -> int:
    """The lot's step, or what it lacks to its minimum in whole steps."""
    step = sheet.market.lots[lot].step
    lacking = sheet.market.lots[lot].minimum - sheet.given(lot)
    return -(-lacking // step) * step if lacking > 0 else step


def gives_up(sheet: Sheet, line: tuple[int, int], amount: int) -> bool:
    """Whether a new line can give the amount up, staying whole and its lot at nothing new or its minimum."""
    lot = line[0]
    if sheet.new[line] < amount or amount % sheet.market.lots[lot].step:
        return False
    return sheet.new_of_lot[lot] == amount or sheet.given(lot) - amount >= sheet.market.lots[lot].minimum


def check_exchanges(sheet: Sheet) -> None:
    by_amount: defaultdict[int, list[int]] = defaultdict(list)
    for lot in range(len(sheet.market.lots)):
        amount = next_amount(sheet, lot)
        if sheet.free(lot) >= amount:
            by_amount[amount].append(lot)
    _check_open(sheet, by_amount)
    for amount, lots in sorted(by_amount.items()):
        lacking = [lot for lot in lots if sheet.lacks[sheet.market.seller_of[lot]] > 0]
        paid = [lot for lot in lots if sheet.lacks[sheet.market.seller_of[lot]] <= 0]
        if lacking:
            _check_lacking(sheet, amount, lacking)
        if paid:
            _check_paid(sheet, amount, paid)


def _check_open(sheet: Sheet, by_amount: dict[int, list[int]]) -> None:
    """No lot has its next amount free for a demand that has it open."""
    market = sheet.market
    most: list[list[int]] = []
    for chain in market.chains:
        best = [0] * (len(chain.demands) + 1)
        for place in range(len(chain.demands) - 1, -1, -1):
            best[place] = max(best[place + 1], sheet.open(chain.demands[place]))
        most.append(best)
    for amount, lots in by_amount.items():
        for lot in lots:
            chain_number, place = market.entry[lot]
            if most[chain_number][place] >= amount:
                own = market.lots[lot]
                raise Complaint(
                    "full", f"lot {own.lot} could bring {amount} more to an open demand", own.seller
                )


def _check_lacking(sheet: Sheet, amount: int, lots: list[int]) -> None:
    """Unpaid due that exceeds the giver's by more than the amount."""
    sellers = sheet.market.seller_of
    worth = {line: (-sheet.lacks[sellers[line[0]]], 0) for line in sheet.new if gives_up(sheet, line, amount)}
    for lot, (best, other) in _givers(sheet, worth, lots):
        lacks = sheet.lacks[sellers[lot]]
        if lacks + best[0] > amount:
            what = f"{lacks} of his due is not paid, and {sheet.market.sellers[other]} could give {amount} up"
            raise Complaint("exchange", what, sheet.market.sellers[sellers[lot]])


def _check_paid(sheet: Sheet, amount: int, lots: list[int]) -> None:
    """Both paid: from a dearer tier, or from one with more above due in the same tier by more than the amount."""
    market = sheet.market
    worth = {}
    for line in sheet.new:
        seller, tier = market.seller_of[line[0]], market.tier[line[0]]
        if sheet.lacks[seller] <= 0 and gives_up(sheet, line, amount):
            above = sheet.above[seller].held(tier)
            if above >= amount:
                worth[line] = (tier, above)
    for lot, ((tier, above), other) in _givers(sheet, worth, lots):
        own = market.tier[lot]
        has = sheet.above[market.seller_of[lot]].held(own)
        if tier > own or (tier == own and above - has > amount):
            what = f"has {has} above due in tier {own}, {market.sellers[other]} {above} in tier {tier}"
            raise Complaint("exchange", what, market.sellers[market.seller_of[lot]])


def _givers(
    sheet: Sheet, worth: dict[tuple[int, int], Worth], lots: list[int]
) -> Iterator[tuple[int, tuple[Worth, int]]]:
    """For each lot, the worthiest giver at a demand it may serve who is another seller."""
    market = sheet.market
    at_demand: list[list[Best]] = [NOBODY] * len(market.demands)
    for (lot, demand), value in worth.items():
        at_demand[demand] = _two_best(at_demand[demand], [(value, market.seller_of[lot])])
    best: dict[int, list[list[Best]]] = {}
    for lot in lots:
        number, place = market.entry[lot]
        if number not in best:
            best[number] = _from_there_on(at_demand, market.chains[number].demands)
        for found in best[number][place]:
            if found is not None and found[1] != market.seller_of[lot]:
                yield lot, found
                break


def _from_there_on(at_demand: list[list[Best]], demands: list[int]) -> list[list[Best]]:
    found: list[list[Best]] = [NOBODY] * (len(demands) + 1)
    for place in range(len(demands) - 1, -1, -1):
        found[place] = _two_best(found[place + 1], at_demand[demands[place]])
    return found


def _two_best(one: list[Best], more: list[Best]) -> list[Best]:
    """The best, and the best of another seller."""
    if more[0] is None:
        return one
    ordered = sorted(
        (each for each in (*one, *more) if each is not None), key=lambda each: each[0], reverse=True
    )
    other = next((each for each in ordered[1:] if each[1] != ordered[0][1]), None)
    return [ordered[0], other]
