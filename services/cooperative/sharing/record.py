"""The result of a sharing: every line, every lot, the numbers and one reason each. Published by its hash."""

from typing import Literal
from uuid import UUID

from services.cooperative.sharing.batch import Frozen
from services.cooperative.sharing.canonical import digest

PartReason = Literal["FULL", "LEVEL", "DRAWN_OUT"]
LineReason = Literal["FILLED", "NO_STOCK", "NO_ELIGIBLE_LOT", "STEP"]


class Part(Frozen):
    """One lot's part of one line. FULL: all it has; LEVEL: the level; DRAWN_OUT: by the draw, a step less."""

    lot_id: UUID
    lot_code: str
    village: str
    stock: int
    quantity: int
    price: int
    reason: PartReason


class LineRecord(Frozen):
    """How one line was served: what was missing, what eligible lots had, the level they gave up to."""

    line_id: UUID
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    step: int
    wanted: int
    lots: int
    stock: int
    level: int
    given: int
    missing: int
    reason: LineReason
    parts: tuple[Part, ...]
    refused: dict[str, int]


class LotRecord(Frozen):
    """What became of one lot over all lines; `reason` is its best part's, or what came in its way last."""

    lot_id: UUID
    lot_code: str
    commodity_id: UUID
    village: str
    available: int
    given: int
    reason: str


class Record(Frozen):
    """One sharing, published. `batch_hash` names its input, `previous_hash` the round before."""

    rule: Literal["level-1"] = "level-1"
    sharing_id: UUID
    window_id: UUID
    round: int
    previous_hash: str | None
    batch_hash: str
    lines: tuple[LineRecord, ...]
    lots: tuple[LotRecord, ...]

    @property
    def hash(self) -> str:
        return digest(self)

    @property
    def asks_somebody(self) -> bool:
        return any(line.parts for line in self.lines)

    def seen_by(self, lot_ids: set[UUID]) -> "Record":
        """The record with only these lots in it: what their seller may see."""
        lots = tuple(lot for lot in self.lots if lot.lot_id in lot_ids)
        lines = (line.model_copy(update={"parts": _of(line.parts, lot_ids)}) for line in self.lines)
        return self.model_copy(update={"lots": lots, "lines": tuple(line for line in lines if line.parts)})


def _of(parts: tuple[Part, ...], lot_ids: set[UUID]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.lot_id in lot_ids)
