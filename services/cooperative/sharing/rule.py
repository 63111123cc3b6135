"""The rule: lines in order of placing, each a water level over the lots that may serve it, in whole steps."""

from collections import Counter
from uuid import UUID

from services.cooperative.sharing.batch import Batch, Demand, Lot, Product
from services.cooperative.sharing.canonical import digest
from services.cooperative.sharing.eligible import SUITS, Obstacle, obstacle
from services.cooperative.sharing.level import drawn, split, water_level
from services.cooperative.sharing.record import LineReason, LineRecord, LotRecord, Part, PartReason, Record


def share(batch: Batch) -> Record:
    """Split the batch's demands over its lots. The same batch, in any order, gives the same record."""
    batch = batch.in_order()
    serving = _Serving(batch)
    lines = tuple(serving.serve(demand) for demand in batch.demands)
    return Record(
        sharing_id=batch.sharing_id,
        window_id=batch.window_id,
        round=batch.round,
        previous_hash=batch.previous_hash,
        batch_hash=digest(batch),
        lines=lines,
        lots=tuple(serving.outcome(lot) for lot in batch.lots),
    )


class _Serving:
    """What is left of each lot while the lines are served one after the other."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.products = {product.commodity_id: product for product in batch.products}
        self.stock = {lot.lot_id: lot.available for lot in batch.lots}
        self.parts: dict[UUID, list[Part]] = {}
        self.closest: dict[UUID, Obstacle] = {}

    def serve(self, demand: Demand) -> LineRecord:
        product = self.products[demand.commodity_id]
        lots, refused = self._eligible(demand, product)
        steps = {lot.lot_id: self.stock[lot.lot_id] // product.step for lot in lots}
        wanted = demand.quantity // product.step
        given = split(steps, wanted, tie=lambda lot_id: drawn(self.batch.sharing_id, lot_id))
        level = water_level(list(steps.values()), wanted)
        parts = tuple(
            self._part(lot, product.step, given[lot.lot_id], level) for lot in lots if given[lot.lot_id]
        )
        return _line(demand, product, level=level, stock=sum(steps.values()), parts=parts, refused=refused)

    def _eligible(self, demand: Demand, product: Product) -> tuple[list[Lot], Counter[str]]:
        eligible, refused = [], Counter[str]()
        for lot in self.batch.lots:
            if lot.commodity_id != demand.commodity_id:
                continue
            found = obstacle(lot, self.stock[lot.lot_id], demand, product, self.batch.delivery_day)
            if found is None:
                eligible.append(lot)
            else:
                refused[found.name] += 1
                self.closest[lot.lot_id] = max(found, self.closest.get(lot.lot_id, found))
        return eligible, refused

    def _part(self, lot: Lot, step: int, steps: int, level: int) -> Part:
        stock, quantity = self.stock[lot.lot_id], steps * step
        reason: PartReason = (
            "FULL" if quantity == stock // step * step else "LEVEL" if steps == level else "DRAWN_OUT"
        )
        part = Part(
            lot_id=lot.lot_id,
            lot_code=lot.lot_code,
            village=lot.village,
            stock=stock,
            quantity=quantity,
            price=lot.price,
            reason=reason,
        )
        self.stock[lot.lot_id] -= quantity
        self.parts.setdefault(lot.lot_id, []).append(part)
        return part

    def outcome(self, lot: Lot) -> LotRecord:
        parts = self.parts.get(lot.lot_id, [])
        return LotRecord(
            lot_id=lot.lot_id,
            lot_code=lot.lot_code,
            commodity_id=lot.commodity_id,
            village=lot.village,
            available=lot.available,
            given=sum(part.quantity for part in parts),
            reason=parts[-1].reason if parts else self._reason_for_nothing(lot),
        )

    def _reason_for_nothing(self, lot: Lot) -> str:
        if lot.lot_id in self.closest:
            return self.closest[lot.lot_id].name
        wanted = any(demand.commodity_id == lot.commodity_id for demand in self.batch.demands)
        return "DRAWN_OUT" if wanted else "NOT_WANTED"


def _line(
    demand: Demand,
    product: Product,
    *,
    level: int,
    stock: int,
    parts: tuple[Part, ...],
    refused: Counter[str],
) -> LineRecord:
    given = sum(part.quantity for part in parts)
    missing = demand.quantity - given
    return LineRecord(
        line_id=demand.line_id,
        commodity_id=demand.commodity_id,
        commodity_name=product.name,
        unit=product.unit,
        per=product.per,
        step=product.step,
        wanted=demand.quantity,
        lots=len(parts),
        stock=stock * product.step,
        level=level * product.step,
        given=given,
        missing=missing,
        reason=_line_reason(
            missing, product.step, suitable=bool(parts) or any(refused[one.name] for one in SUITS)
        ),
        parts=parts,
        refused=dict(sorted(refused.items())),
    )


def _line_reason(missing: int, step: int, *, suitable: bool) -> LineReason:
    if not missing:
        return "FILLED"
    if missing < step:
        return "STEP"
    return "NO_STOCK" if suitable else "NO_ELIGIBLE_LOT"
