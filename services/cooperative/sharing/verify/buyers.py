"""Who among the buyers is short: a better priority class first, inside a class the lower fill; sellers' totals stay."""

from collections import deque
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import takewhile

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.sheet import Sheet


def check_buyers(sheet: Sheet) -> None:
    """Only where the lots' steps are equal: elsewhere whole steps may not move from buyer to buyer."""
    steps = {lot.step for lot in sheet.market.lots}
    if len(steps) != 1:
        return
    step = steps.pop()
    short = [place for place in range(len(sheet.market.demands)) if sheet.open(place) >= step]
    if not short:
        return
    givers = sorted(
        {demand for (_, demand), quantity in sheet.new.items() if quantity >= step},
        key=lambda demand: _turn(sheet, demand, step),
        reverse=True,
    )
    best = _first_reaching(sheet, givers)
    demands = sheet.market.demands
    for place in short:
        giver = best[place]
        if giver < 0 or giver == place:
            continue
        own, other = demands[place], demands[giver]
        if other.priority > own.priority:
            raise Complaint("buyers", f"demand {own.demand} is served before {other.demand}, and is short")
        fuller = sheet.filled(giver) - step
        if other.priority == own.priority and fuller * own.quantity > sheet.filled(place) * other.quantity:
            raise Complaint("buyers", f"demand {own.demand} is filled less than {other.demand} of its class")


def _turn(sheet: Sheet, demand: int, step: int) -> tuple[int, Fraction]:
    own = sheet.market.demands[demand]
    return own.priority, Fraction(sheet.filled(demand) - step, own.quantity)


def _first_reaching(sheet: Sheet, givers: list[int]) -> list[int]:
    """For each demand the first giver whose lots, moved from hand to hand, could serve it; -1 for nobody."""
    market = sheet.market
    of_demand: list[list[int]] = [[] for _ in market.demands]
    for lot, demand in sheet.new:
        of_demand[demand].append(lot)
    found = [-1] * len(market.demands)
    reached = [len(chain.demands) for chain in market.chains]
    for giver in givers:
        if found[giver] >= 0:
            continue
        found[giver] = giver
        waiting = deque([giver])
        while waiting:
            for lot in of_demand[waiting.popleft()]:
                number, place = market.entry[lot]
                for at in range(place, reached[number]):
                    demand = market.chains[number].demands[at]
                    if found[demand] < 0:
                        found[demand] = giver
                        waiting.append(demand)
                reached[number] = min(reached[number], place)
    return found


def check_first_expired(sheet: Sheet) -> None:
    """Among one seller's lots that are alike but for their dates, the first expired goes first."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for place, lot in enumerate(sheet.market.lots):
        if sheet.stock[place] and place not in sheet.closed:
            kind = (lot.seller, lot.grade, lot.price, lot.village, lot.certificates, lot.step, lot.minimum)
            alike.setdefault(kind, []).append(place)
    for places in alike.values():
        places.sort(key=lambda place: (_last_day(sheet, place), place))
        giving = [place for place in places if sheet.new_of_lot[place]]
        taking = [place for place in places if sheet.free(place)]
        for late in giving:
            until = _last_day(sheet, late)
            for early in takewhile(partial(_expires_before, sheet, until), taking):
                _check_pair(sheet, early, late)


def _last_day(sheet: Sheet, lot: int) -> date:
    """A lot without a day keeps longer than any that has one."""
    return sheet.market.lots[lot].expiry or date.max


def _expires_before(sheet: Sheet, until: date, lot: int) -> bool:
    return _last_day(sheet, lot) < until


def _check_pair(sheet: Sheet, early: int, late: int) -> None:
    one, two = sheet.market.lots[early], sheet.market.lots[late]
    if _could_move(sheet, early, late):
        what = f"lot {one.lot} expires before {two.lot}, which gives while it still could"
        raise Complaint("first expired", what, one.seller)


def _could_move(sheet: Sheet, early: int, late: int) -> bool:
    """Whether the later lot can leave to the earlier one all it gives, or what lies above its minimum."""
    lot, free, whole = sheet.market.lots[late], sheet.free(early), sheet.new_of_lot[late]
    least = max(lot.step, -(-(lot.minimum - sheet.given(early)) // lot.step) * lot.step)
    spare = min(free, whole, (sheet.given(late) - lot.minimum) // lot.step * lot.step)
    return spare >= least or least <= whole <= free
