"""What the record adds up: hak, due, given, refused, credit, filled, cost."""

from collections import defaultdict
from fractions import Fraction

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.record import Record
from services.cooperative.sharing.verify.sheet import Sheet, summed

Parts = defaultdict[tuple[str, str, str], int]


def check_sellers(batch: Batch, record: Record, sheets: dict[str, Sheet]) -> None:
    parts = _parts(batch, record, sheets)
    for row in record.sellers:
        seller, commodity = row["seller"], row["commodity"]
        for part in ("first", "hak", "given", "refused"):
            wanted = parts[seller, commodity, part]
            if row[part] != wanted:
                what = f"{part} of {commodity} is {wanted}, the record says {row[part]}"
                raise Complaint("sums", what, seller)
        due = batch.credits.get((seller, commodity), 0) + row["hak"]
        if row["due"] != due:
            raise Complaint("dues", f"due of {commodity} is {due}, the record says {row['due']}", seller)
        credit = row["due"] - row["given"] - row["refused"]
        if row["credit"] != credit:
            raise Complaint("credits", f"credit of {commodity} is {credit}, not {row['credit']}", seller)
        if row["hak"] < row["first"]:
            raise Complaint("hak", f"hak of {commodity} is less than first", seller)
    _check_identity(batch, record)


def _parts(batch: Batch, record: Record, sheets: dict[str, Sheet]) -> Parts:
    parts: Parts = defaultdict(int)
    for name, sheet in sheets.items():
        market = sheet.market
        sums = {
            "first": summed(sheet.first, len(market.lots), len(market.demands))[0],
            "hak": summed(sheet.hak, len(market.lots), len(market.demands))[0],
            "given": [sheet.given(lot) for lot in range(len(market.lots))],
        }
        for part, of_lot in sums.items():
            for lot, amount in zip(market.lots, of_lot, strict=True):
                parts[lot.seller, name, part] += amount
    for row in record.answers:
        answered = batch.lots[row["lot"]]
        parts[answered.seller, answered.commodity, "refused"] += row["refused"]
    return parts


def _check_identity(batch: Batch, record: Record) -> None:
    """Credits come from nowhere and go nowhere: sum of credit - carried in = hak - given - refused."""
    sums: defaultdict[str, int] = defaultdict(int)
    for row in record.sellers:
        sums[row["commodity"]] += row["credit"] - row["hak"] + row["given"] + row["refused"]
    for (_, commodity), amount in batch.credits.items():
        sums[commodity] -= amount
    for commodity, left in sums.items():
        if left:
            raise Complaint("credits", f"credits of {commodity} are off by {left} in sum")


def check_given(sheet: Sheet) -> None:
    for place, row in enumerate(sheet.lot):
        if row["given"] != sheet.given(place):
            what = f"lot {row['lot']} is given {sheet.given(place)}, the record says {row['given']}"
            raise Complaint("sums", what, row["seller"])
    for place, row in enumerate(sheet.demand):
        if row["filled"] != sheet.filled(place):
            what = f"demand {row['demand']} is filled {sheet.filled(place)}, the record says {row['filled']}"
            raise Complaint("sums", what)


def check_cost(batch: Batch, record: Record, sheets: dict[str, Sheet]) -> None:
    goods, haul, stops = Fraction(0), Fraction(0), set()
    for sheet in sheets.values():
        paid = hauled = 0
        for place, lot in enumerate(sheet.market.lots):
            given = sheet.given(place)
            paid += given * lot.price
            hauled += given * batch.villages[lot.village][1]
            if given:
                stops.add(lot.village)
        goods += Fraction(paid, sheet.market.commodity.per)
        haul += Fraction(hauled, sheet.market.commodity.per)
    cost = {"goods": int(goods), "haul": int(haul), "stops": sum(batch.villages[one][0] for one in stops)}
    for part, amount in cost.items():
        if record.cost[part] != amount:
            raise Complaint("cost", f"{part} cost {amount}, the record says {record.cost[part]}")
