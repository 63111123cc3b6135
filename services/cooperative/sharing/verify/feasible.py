"""Could these lines be brought, and may they: stock, eligibility, steps, minimum, demand; answers, what stands."""

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.market import NEVER, Market
from services.cooperative.sharing.verify.paths import Lines
from services.cooperative.sharing.verify.record import KINDS, Record, Row
from services.cooperative.sharing.verify.sheet import Sheet, summed


def check_copied(batch: Batch, record: Record) -> None:
    """What a record repeats of its batch."""
    if record.plain["parameters"] != batch.parameters:
        raise Complaint("references", "parameters are not the batch's")
    if record.names != batch.names:
        raise Complaint("references", "names are not the batch's")
    for row in record.lots:
        _check_lot(batch, row)
    for row in record.demands:
        demand = batch.demands[row["demand"]]
        if (row["buyer"], row["quantity"], row["cap"]) != (demand.buyer, demand.quantity, demand.cap):
            raise Complaint("references", f"demand {demand.demand} is not as in the batch")
    for row in record.lines:
        lot = batch.lots[row["lot"]]
        if row["price"] != lot.price:
            what = f"lot {lot.lot} asks {lot.price}, its line pays {row['price']}"
            raise Complaint("price", what, lot.seller)


def _check_lot(batch: Batch, row: Row) -> None:
    lot = batch.lots[row["lot"]]
    commodity = batch.commodities[lot.commodity]
    said = (row["seller"], row["commodity"], row["quantity"], row["unit"], row["per"], row["price"])
    if said != (lot.seller, lot.commodity, lot.quantity, commodity.unit, commodity.per, lot.price):
        raise Complaint("references", f"lot {lot.lot} is not as in the batch", lot.seller)


def check_standing(batch: Batch, record: Record) -> None:
    """A first record keeps the batch's confirmed lines; a later one says by its answers how they changed."""
    standing = {(row["lot"], row["demand"]): row["quantity"] for row in record.confirmed}
    if record.previous is None and (standing != batch.confirmed or record.answers):
        raise Complaint("confirmed", "a first record has the batch's confirmed lines and no answers")
    refused: dict[tuple[str, str], int] = {}
    for row in record.answers:
        place = row["lot"], row["demand"]
        stands = standing.get(place, 0)
        if not _stands(row, stands):
            where = f"lot {place[0]} for demand {place[1]}"
            raise Complaint("answers", f"{where}: {row['kind']} {row['quantity']}, but {stands} stands")
        if row["refused"] < (row["kind"] != "accepted"):
            raise Complaint("answers", f"lot {place[0]}: {row['kind']} refuses at least 1")
        refused[place] = row["refused"]
    for place, quantity in batch.confirmed.items():
        if standing.get(place, 0) + refused.get(place, 0) < quantity:
            raise Complaint(
                "confirmed", f"lot {place[0]} had {quantity} confirmed", batch.lots[place[0]].seller
            )


def _stands(row: Row, stands: int) -> bool:
    """Whether what stands is what the answer left; an accepted line may have grown since."""
    if row["kind"] not in KINDS or row["quantity"] < 0:
        return False
    if row["kind"] == "accepted":
        return bool(stands >= row["quantity"])
    return bool(stands == row["quantity"]) and not (row["kind"] in ("declined", "lapsed") and stands)


def check_lines(sheet: Sheet) -> None:
    market = sheet.market
    _eligible(market, sheet.new, "lines")
    for (lot, _), quantity in sheet.new.items():
        own = market.lots[lot]
        if quantity < 1 or quantity % own.step:
            what = f"lot {own.lot} gives {quantity}, not whole steps of {own.step}"
            raise Complaint("step", what, own.seller)
    for (lot, _), quantity in sheet.kept.items():
        if quantity < 1:
            raise Complaint("confirmed", f"a confirmed line of lot {market.lots[lot].lot} is below 1")
    for place in range(len(market.lots)):
        _check_lot_lines(sheet, place)
    for place, demand in enumerate(market.demands):
        if sheet.open(place) < 0:
            what = f"demand {demand.demand} gets {sheet.filled(place)} of {demand.quantity}"
            raise Complaint("demand", what)


def _check_lot_lines(sheet: Sheet, place: int) -> None:
    own, given = sheet.market.lots[place], sheet.given(place)
    if given > own.quantity:
        raise Complaint("stock", f"lot {own.lot} gives {given} of {own.quantity}", own.seller)
    if not sheet.new_of_lot[place]:
        return
    if place in sheet.blocked:
        raise Complaint("answers", f"lot {own.lot} gets something new after its answer", own.seller)
    if place in sheet.closed:
        what = f"lot {own.lot} gives in the closed village {own.village}"
        raise Complaint("villages", what, own.seller)
    if given < own.minimum:
        raise Complaint("minimum", f"lot {own.lot} gives {given}, its minimum is {own.minimum}", own.seller)


def check_hak_lines(sheet: Sheet, first_share: int) -> None:
    """Two flows: `first` inside the first shares, `hak` inside the demands, both inside whole-step stock."""
    market = sheet.market
    shares = [wanted * first_share // 1000 for wanted in market.wanted]
    for part, lines, wanted in (("first", sheet.first, shares), ("hak", sheet.hak, market.wanted)):
        _eligible(market, {place: amount for place, amount in lines.items() if amount}, f"hak_lines ({part})")
        of_lot, of_demand = summed(lines, len(market.lots), len(market.demands))
        for (lot, _), amount in lines.items():
            if amount < 0 or of_lot[lot] > market.stock[lot]:
                own = market.lots[lot]
                what = f"{part} of lot {own.lot} is {of_lot[lot]} of {market.stock[lot]} in whole steps"
                raise Complaint("hak", what, own.seller)
        for demand, amount in enumerate(of_demand):
            if amount > wanted[demand]:
                what = f"{part} for demand {market.demands[demand].demand} is {amount} of {wanted[demand]}"
                raise Complaint("hak", what)


def _eligible(market: Market, lines: Lines, kind: str) -> None:
    for lot, demand in lines:
        if market.entry[lot] == NEVER or not market.serves(lot, demand):
            own = market.lots[lot]
            what = f"{kind}: lot {own.lot} may not serve demand {market.demands[demand].demand}"
            raise Complaint("eligible", what, own.seller)
