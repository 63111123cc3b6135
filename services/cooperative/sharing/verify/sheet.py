"""The record's numbers beside the batch's, one commodity at a time; who or what is not known is complained of here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from services.cooperative.sharing.verify.batch import Batch
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.market import Market, markets_of
from services.cooperative.sharing.verify.paths import Ladder, Lines, ladder
from services.cooperative.sharing.verify.record import Record, Row


@dataclass
class Sheet:
    """Amounts by place of lot, demand or seller. `new`: what the record gives; `kept`: what was confirmed before."""

    market: Market
    new: Lines = field(default_factory=dict)
    kept: Lines = field(default_factory=dict)
    first: Lines = field(default_factory=dict)
    hak: Lines = field(default_factory=dict)
    new_of_lot: list[int] = field(init=False)
    new_of_demand: list[int] = field(init=False)
    kept_of_lot: list[int] = field(init=False)
    kept_of_demand: list[int] = field(init=False)
    stock: list[int] = field(init=False)
    blocked: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    seller: list[Row] = field(default_factory=list)
    lot: list[Row] = field(default_factory=list)
    demand: list[Row] = field(default_factory=list)

    def add_up(self) -> None:
        """`stock` is what a lot could give in new lines, in whole steps, were its village open."""
        lots, demands = len(self.market.lots), len(self.market.demands)
        self.new_of_lot, self.new_of_demand = summed(self.new, lots, demands)
        self.kept_of_lot, self.kept_of_demand = summed(self.kept, lots, demands)
        self.stock = [
            0 if lot in self.blocked else self.market.whole_stock(lot, kept)
            for lot, kept in enumerate(self.kept_of_lot)
        ]

    def given(self, lot: int) -> int:
        return self.new_of_lot[lot] + self.kept_of_lot[lot]

    def filled(self, demand: int) -> int:
        return self.new_of_demand[demand] + self.kept_of_demand[demand]

    def free(self, lot: int) -> int:
        return 0 if lot in self.closed else max(0, self.stock[lot] - self.new_of_lot[lot])

    def open(self, demand: int) -> int:
        return self.market.demands[demand].quantity - self.filled(demand)

    @cached_property
    def rest(self) -> list[Ladder]:
        """Each seller's hak, what stands above his `first` by tier."""
        used, _ = summed(self.hak, len(self.market.lots), len(self.market.demands))
        pairs = zip(self.market.lots_of, self.seller, strict=True)
        return [ladder(self.market, lots, used, row["first"]) for lots, row in pairs]

    @cached_property
    def lacks(self) -> list[int]:
        """Each seller's unpaid due; what new lines give above it counts negative."""
        got = self.by_seller(self.new_of_lot)
        return [self.due_left(seller) - has for seller, has in enumerate(got)]

    @cached_property
    def above(self) -> list[Ladder]:
        """What new lines give each seller above his due, by tier."""
        got = self.by_seller(self.new_of_lot)
        kept = [min(has, has + lacks) for has, lacks in zip(got, self.lacks, strict=True)]
        pairs = zip(self.market.lots_of, kept, strict=True)
        return [ladder(self.market, lots, self.new_of_lot, own) for lots, own in pairs]

    def by_seller(self, of_lot: list[int]) -> list[int]:
        return [sum(of_lot[lot] for lot in lots) for lots in self.market.lots_of]

    def due_left(self, seller: int) -> int:
        """What of a seller's due his confirmed lines have not paid; never less than nothing."""
        paid = sum(self.kept_of_lot[lot] for lot in self.market.lots_of[seller])
        due: int = self.seller[seller]["due"]
        return max(0, max(0, due) - paid)


def summed(lines: Lines, lots: int, demands: int) -> tuple[list[int], list[int]]:
    of_lot, of_demand = [0] * lots, [0] * demands
    for (lot, demand), quantity in lines.items():
        of_lot[lot] += quantity
        of_demand[demand] += quantity
    return of_lot, of_demand


def sheets_of(batch: Batch, record: Record) -> dict[str, Sheet]:
    sheets = {name: Sheet(market) for name, market in markets_of(batch).items()}
    closed = {row["village"] for row in record.villages if not row["open"]}
    _check_ids(batch, record)
    for kind, lines in (("lines", record.lines), ("confirmed", record.confirmed)):
        for row, sheet, place in _placed(batch, sheets, kind, lines):
            (sheet.new if kind == "lines" else sheet.kept)[place] = row["quantity"]
    for row, sheet, place in _placed(batch, sheets, "hak_lines", record.hak_lines):
        sheet.first[place], sheet.hak[place] = row["first"], row["hak"]
    for row, sheet, place in _placed(batch, sheets, "answers", record.answers):
        if row["kind"] != "accepted":
            sheet.blocked.add(place[0])
    _add_rows(sheets, record)
    for sheet in sheets.values():
        sheet.closed = {place for place, lot in enumerate(sheet.market.lots) if lot.village in closed}
        sheet.add_up()
    return sheets


def _add_rows(sheets: dict[str, Sheet], record: Record) -> None:
    """Rows in the order of the market's own lists: both are sorted by id."""
    sellers = {(row["seller"], row["commodity"]): row for row in record.sellers}
    lots = {row["lot"]: row for row in record.lots}
    demands = {row["demand"]: row for row in record.demands}
    for name, sheet in sheets.items():
        sheet.seller = [sellers[seller, name] for seller in sheet.market.sellers]
        sheet.lot = [lots[lot.lot] for lot in sheet.market.lots]
        sheet.demand = [demands[demand.demand] for demand in sheet.market.demands]


def _check_ids(batch: Batch, record: Record) -> None:
    """Every list names exactly what it must, each once."""
    sellers = {(lot.seller, lot.commodity) for lot in batch.lots.values()} | set(batch.credits)
    _same("sellers", [(row["seller"], row["commodity"]) for row in record.sellers], sellers)
    _same("lots", [row["lot"] for row in record.lots], set(batch.lots))
    _same("demands", [row["demand"] for row in record.demands], set(batch.demands))
    _same("villages", [row["village"] for row in record.villages], set(batch.villages))
    for row in record.bottlenecks:
        if row["commodity"] not in batch.commodities:
            raise Complaint("references", f"bottlenecks: {row['commodity']} is not in the batch")


def _same(kind: str, named: list[Any], known: set[Any]) -> None:
    if len(set(named)) < len(named):
        twice = next(one for one in named if named.count(one) > 1)
        raise Complaint("references", f"{kind}: {_plain(twice)} stands twice")
    for one in sorted(known - set(named)):
        raise Complaint("references", f"{kind}: {_plain(one)} is missing", _seller(kind, one))
    for one in sorted(set(named) - known):
        raise Complaint("references", f"{kind}: {_plain(one)} is not in the batch")


def _plain(one: Any) -> str:
    return " of ".join(one) if isinstance(one, tuple) else str(one)


def _seller(kind: str, one: Any) -> str | None:
    return one[0] if kind == "sellers" else None


def _placed(
    batch: Batch, sheets: dict[str, Sheet], kind: str, rows: list[Row]
) -> Iterable[tuple[Row, Sheet, tuple[int, int]]]:
    seen = set()
    for row in rows:
        lot, demand = batch.lots.get(row["lot"]), batch.demands.get(row["demand"])
        where = f"{kind}: lot {row['lot']} for demand {row['demand']}"
        if lot is None or demand is None:
            raise Complaint("references", f"{where} is not in the batch")
        if lot.commodity != demand.commodity:
            raise Complaint("references", f"{where} are two commodities", lot.seller)
        if (lot.lot, demand.demand) in seen:
            raise Complaint("references", f"{where} stands twice", lot.seller)
        seen.add((lot.lot, demand.demand))
        sheet = sheets[lot.commodity]
        yield row, sheet, (sheet.market.lot_place[lot.lot], sheet.market.demand_place[demand.demand])
