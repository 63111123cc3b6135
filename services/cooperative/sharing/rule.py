"""The rule: lines in order of placing, each a water level over the lots that may serve it, in whole steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.cooperative.sharing.batch import Batch, Demand, Product
from services.cooperative.sharing.canonical import digest
from services.cooperative.sharing.eligible import SUITS
from services.cooperative.sharing.level import split
from services.cooperative.sharing.record import LineReason, LineRecord, LotRecord, Part, PartReason, Record
from services.cooperative.sharing.stock import Stock


def share(batch: Batch) -> Record:
    """Split the batch's demands over its lots. The same batch, in any order, gives the same record."""
    batch = batch.in_order()
    stock = Stock(batch)
    lines = tuple(_serve(demand, stock).record() for demand in batch.demands)
    wanted = {demand.commodity_id for demand in batch.demands}
    return Record(
        sharing_id=batch.sharing_id,
        window_id=batch.window_id,
        round=batch.round,
        previous_hash=batch.previous_hash,
        batch_hash=digest(batch),
        lines=lines,
        lots=tuple(
            _outcome(stock, place, wanted=lot.commodity_id in wanted) for place, lot in enumerate(batch.lots)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Served:
    """How one line was served; level and stock in steps."""

    demand: Demand
    product: Product
    level: int
    stock: int
    parts: tuple[Part, ...]
    refused: Mapping[str, int]

    def record(self) -> LineRecord:
        demand, product = self.demand, self.product
        given = sum(part.quantity for part in self.parts)
        return LineRecord(
            line_id=demand.line_id,
            commodity_id=demand.commodity_id,
            commodity_name=product.name,
            unit=product.unit,
            per=product.per,
            step=product.step,
            wanted=demand.quantity,
            lots=len(self.parts),
            stock=self.stock * product.step,
            level=self.level * product.step,
            given=given,
            missing=demand.quantity - given,
            reason=self._reason(demand.quantity - given),
            parts=self.parts,
            refused=dict(sorted(self.refused.items())),
        )

    def _reason(self, missing: int) -> LineReason:
        if not missing:
            return "FILLED"
        if missing < self.product.step:
            return "STEP"
        suitable = bool(self.parts) or any(self.refused.get(one.name) for one in SUITS)
        return "NO_STOCK" if suitable else "NO_ELIGIBLE_LOT"


def _serve(demand: Demand, stock: Stock) -> _Served:
    product = stock.products[demand.commodity_id]
    suited, step = stock.suited(demand, product), product.step
    steps = [stock.left[place] // step for place in suited.places]
    turns = [stock.turns[place] for place in suited.places]
    level, given = split(steps, demand.quantity // step, turns)
    parts = tuple(
        _part(stock, place, part * step, _part_reason(part, had, level))
        for place, part, had in zip(suited.places, given, steps, strict=True)
        if part
    )
    return _Served(demand, product, level, sum(steps), parts, suited.refused)


def _part(stock: Stock, place: int, quantity: int, reason: PartReason) -> Part:
    lot, left = stock.lots[place], stock.left[place]
    stock.take(place, quantity, reason)
    return Part(
        lot_id=lot.lot_id,
        lot_code=lot.lot_code,
        village=lot.village,
        stock=left,
        quantity=quantity,
        price=lot.price,
        reason=reason,
    )


def _part_reason(part: int, had: int, level: int) -> PartReason:
    if part == had:
        return "FULL"
    return "LEVEL" if part == level else "DRAWN_OUT"


def _outcome(stock: Stock, place: int, *, wanted: bool) -> LotRecord:
    """What became of one lot. The reason of one that gave nothing is what came in its way last."""
    lot = stock.lots[place]
    closest = stock.closest.get(place)
    nothing = closest.name if closest else "DRAWN_OUT" if wanted else "NOT_WANTED"
    return LotRecord(
        lot_id=lot.lot_id,
        lot_code=lot.lot_code,
        commodity_id=lot.commodity_id,
        village=lot.village,
        available=lot.available,
        given=lot.available - stock.left[place],
        reason=stock.reason.get(place, nothing),
    )
