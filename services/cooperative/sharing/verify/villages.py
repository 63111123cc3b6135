"""Which villages are open and why: a stop that costs nothing is open, and the open ones reach what all would."""

from collections import defaultdict
from fractions import Fraction

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.carried import Carrying
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.market import NEVER
from services.cooperative.sharing.verify.record import Record
from services.cooperative.sharing.verify.sheet import Sheet

OPEN = ("CONFIRMED", "ZERO_COST", "CHOSEN", "ROUNDING")


def worth_of_dues(batch: Batch, sheets: dict[str, Sheet]) -> dict[str, Fraction]:
    """What a village's dues take off its stop, in rupiah: each seller's spread over his eligible lots by stock."""
    units: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for name, sheet in sheets.items():
        for seller, lots in enumerate(sheet.market.lots_of):
            stock = {lot: sheet.stock[lot] for lot in lots if sheet.stock[lot]}
            due, total = max(0, sheet.seller[seller]["due"]), sum(stock.values())
            held: defaultdict[str, int] = defaultdict(int)
            for lot, amount in stock.items():
                held[sheet.market.lots[lot].village] += amount
            for village, here in held.items():
                units[village, name] += Fraction(due * here, total)
    worth: defaultdict[str, Fraction] = defaultdict(Fraction)
    for (village, name), held_units in units.items():
        commodity = batch.commodities[name]
        value = commodity.reference_price * batch.parameters["credit_permille"]
        worth[village] += held_units * Fraction(value, commodity.per * 1000)
    return worth


def check_villages(batch: Batch, record: Record, sheets: dict[str, Sheet]) -> None:
    worth = worth_of_dues(batch, sheets)
    standing, eligible = set(), set()
    for sheet in sheets.values():
        for place, lot in enumerate(sheet.market.lots):
            if sheet.kept_of_lot[place]:
                standing.add(lot.village)
            if sheet.market.entry[place] != NEVER:
                eligible.add(lot.village)
    for row in record.villages:
        name = row["village"]
        cost = 0 if name in standing else max(0, batch.villages[name][0] - int(worth[name]))
        if row["effective_cost"] != cost:
            what = f"village {name} costs {cost}, the record says {row['effective_cost']}"
            raise Complaint("villages", what, _somebody(batch, name))
        wanted = _reasons(name in standing, name in eligible, cost)
        if row["reason"] not in wanted or row["open"] != (row["reason"] in OPEN):
            said = f"{'open' if row['open'] else 'closed'} for {row['reason']}"
            what = f"village {name} is {said} at effective cost {cost}; it must be {' or '.join(wanted)}"
            raise Complaint("villages", what, _somebody(batch, name))


def _reasons(standing: bool, eligible: bool, cost: int) -> list[str]:
    if standing:
        return ["CONFIRMED"]
    if not eligible:
        return ["NO_ELIGIBLE_LOT"]
    return ["CHOSEN", "ROUNDING", "NOT_NEEDED"] if cost else ["ZERO_COST"]


def _somebody(batch: Batch, village: str) -> str | None:
    return min((lot.seller for lot in batch.lots.values() if lot.village == village), default=None)


def check_reach(record: Record, sheet: Sheet) -> None:
    """The villages chosen before rounding carry as much as all villages together."""
    chosen = {row["village"] for row in record.villages if row["open"] and row["reason"] != "ROUNDING"}
    market = sheet.market
    inside = [lot.village in chosen for lot in market.lots]
    if all(inside[lot] or not stock for lot, stock in enumerate(sheet.stock)):
        return
    wanted = [
        market.whole(place, one.quantity - sheet.kept_of_demand[place])
        for place, one in enumerate(market.demands)
    ]
    reached = Carrying(
        market,
        [stock if own else 0 for stock, own in zip(sheet.stock, inside, strict=True)],
        list(wanted),
        {},
    )
    most = reached.most()
    room = [
        left if own else stock for left, own, stock in zip(reached.room, inside, sheet.stock, strict=True)
    ]
    more = Carrying(market, room, reached.open, reached.carried()).most()
    if more > most:
        name = market.commodity.commodity
        raise Complaint("villages", f"the open villages reach {most} of {name}, all together {more}")
