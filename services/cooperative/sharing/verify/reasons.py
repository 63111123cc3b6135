"""One reason per lot and demand: the first that applies, as far as it can be seen from batch and record."""

from dataclasses import dataclass
from datetime import date

from services.cooperative.sharing.verify.batch import Demand, Lot
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.market import NEVER
from services.cooperative.sharing.verify.record import Record, Row
from services.cooperative.sharing.verify.sheet import Sheet


def check_demands(sheet: Sheet) -> None:
    market = sheet.market
    finest = _finest_steps(sheet)
    for place, row in enumerate(sheet.demand):
        if sheet.open(place) == 0:
            reason = "FULL"
        elif not market.coarse(place):
            reason = "NO_ELIGIBLE_LOT"
        else:
            reason = "STEP_ROUNDING" if sheet.open(place) < finest[place] else "SHORT"
        if row["reason"] != reason:
            raise Complaint("reasons", f"demand {row['demand']} is {reason}, the record says {row['reason']}")


def _finest_steps(sheet: Sheet) -> list[int]:
    """For each demand the smallest step of a lot that may serve it."""
    finest = [10**30] * len(sheet.market.demands)
    for chain in sheet.market.chains:
        least = 10**30
        for place, demand in enumerate(chain.demands):
            least = min([least, *(sheet.market.lots[lot].step for lot in chain.lots[place])])
            finest[demand] = min(finest[demand], least)
    return finest


@dataclass(frozen=True)
class Kinds:
    """The commodity's demands by grade and certificates, with the highest cap of each kind."""

    rank: dict[str, int]
    caps: dict[tuple[int, frozenset[str]], int]

    def none_left(self, lot: Lot) -> str | None:
        own = self.rank.get(lot.grade or "", 0)
        graded = [kind for kind in self.caps if own <= kind[0]]
        held = [kind for kind in graded if kind[1] <= lot.certificates]
        if not graded:
            return "GRADE"
        if not held:
            return "CERTIFICATE"
        return "CAP" if all(self.caps[kind] < lot.price for kind in held) else None


def kinds_of(grades: list[str], demands: list[Demand]) -> Kinds:
    rank = {grade: place for place, grade in enumerate(grades)}
    caps: dict[tuple[int, frozenset[str]], int] = {}
    for demand in demands:
        kind = rank.get(demand.grade or "", 0), demand.certificates
        caps[kind] = max(caps.get(kind, 0), demand.cap)
    return Kinds(rank, caps)


def check_lots(record: Record, sheet: Sheet, first_share: int) -> None:
    market = sheet.market
    kinds = kinds_of(market.commodity.grades, market.demands)
    reached = _reached_tiers(sheet)
    levels = Levels(record, sheet)
    for place, row in enumerate(sheet.lot):
        below = first_share < 1000 and market.tier[place] not in reached
        first = first_of(sheet, place, kinds)
        allowed = [first] if first else _later(sheet, place, "TIER_NOT_REACHED" if below else "LEVEL")
        if row["reason"] not in allowed:
            what = f"lot {row['lot']} is {' or '.join(allowed)}, the record says {row['reason']}"
            raise Complaint("reasons", what, row["seller"])
        level = levels.of(place) if row["reason"] == "LEVEL" else None
        if row["level"] != level:
            raise Complaint(
                "reasons", f"level of lot {row['lot']} is {level}, not {row['level']}", row["seller"]
            )


def first_of(sheet: Sheet, place: int, kinds: Kinds) -> str | None:
    """A reason that batch and lines alone decide."""
    lot, market = sheet.market.lots[place], sheet.market
    if sheet.given(place) == lot.quantity:
        return "FULL"
    if place in sheet.blocked:
        return "ANSWERED"
    if not market.demands:
        return "NO_DEMAND"
    if _late(lot, market.today):
        return "DATE"
    return kinds.none_left(lot) if market.entry[place] == NEVER else None


def _late(lot: Lot, today: date) -> bool:
    return (lot.ready is not None and lot.ready > today) or (lot.expiry is not None and lot.expiry < today)


def _later(sheet: Sheet, place: int, last: str) -> list[str]:
    """A release or what step 5 gave is not in the record: where they may be the reason, both are allowed."""
    lot = sheet.market.lots[place]
    nothing = sheet.given(place) == 0
    if nothing and sheet.stock[place] == 0:
        return ["BELOW_MIN_LOT"]
    released = ["BELOW_MIN_LOT"] if nothing and lot.minimum > 1 else []
    if place in sheet.closed:
        return [*released, "VILLAGE_CLOSED"]
    if lot.quantity - sheet.given(place) < lot.step:
        return [*released, "STEP_ROUNDING"]
    return [*released, *(["STEP_ROUNDING"] if lot.step > 1 else []), last]


def _reached_tiers(sheet: Sheet) -> set[int]:
    """Tiers in which somebody has rest, or anything above dues."""
    return {
        tier
        for own in (*sheet.rest, *sheet.above)
        for tier, amount in zip(own.tiers, own.more, strict=True)
        if amount
    }


class Levels:
    """The `level` of lots: the most hak in the bottleneck that names the seller."""

    def __init__(self, record: Record, sheet: Sheet) -> None:
        self.sheet = sheet
        self.hak = {row["seller"]: row["hak"] for row in sheet.seller}
        self.most: dict[tuple[int | None, str], int] = {}
        for row in record.bottlenecks:
            if row["commodity"] == sheet.market.commodity.commodity:
                self._take(row)

    def _take(self, row: Row) -> None:
        most = max((self.hak.get(member, 0) for member in row["members"]), default=0)
        for member in row["members"]:
            place = row["tier"], member
            self.most[place] = max(most, self.most.get(place, 0))

    def of(self, lot: int) -> int:
        seller = self.sheet.market.lots[lot].seller
        own = self.most.get((self.sheet.market.tier[lot], seller))
        first = self.most.get((None, seller), self.hak[seller])
        return first if own is None else own
