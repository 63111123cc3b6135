"""A line of an order: one wish as accepted, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.orders.domain.windows import Commodity, NextWindow, Window, Wish
from services.orders.events import LineCollected, LineShort, Outcome


@dataclass(eq=False)
class Line:
    """One wish as accepted, and what became of it once cooperative told (`heard` is that fact's version)."""

    line_id: UUID
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    quantity: int
    cap: int
    grade: str | None = None
    certificates: Sequence[str] = ()
    filled: int | None = None
    reason: str | None = None
    villages: list[dict[str, str | int]] = field(default_factory=list)
    heard: int = 0

    @property
    def missing(self) -> int | None:
        return None if self.filled is None else self.quantity - self.filled

    def hear(self, told: Outcome) -> bool:
        """Keep what became of it; answers whether that was news."""
        if told.version <= self.heard:
            return False
        self.heard, self.filled = told.version, told.filled
        self.reason = self._reason(told)
        self.villages = [part.model_dump() for part in told.villages]
        return True

    def _reason(self, told: Outcome) -> str | None:
        """Why something is missing; what was missing before the weighing keeps its reason."""
        if isinstance(told, LineCollected):
            return told.less or (self.reason if told.filled < self.quantity else None)
        return told.reason if isinstance(told, LineShort) else None


def lines_of(
    wishes: Sequence[Wish], window: Window | NextWindow, commodities: Mapping[UUID, Commodity]
) -> list[Line]:
    """Wishes as lines of an order, refused where the window or its commodities cannot take them."""
    return [_line(wish, window.wanted(wish, commodities)) for wish in wishes]


def _line(wish: Wish, commodity: Commodity) -> Line:
    return Line(
        line_id=wish.line_id,
        commodity_id=commodity.id,
        commodity_name=commodity.name,
        unit=commodity.unit,
        per=commodity.per,
        quantity=wish.quantity,
        cap=wish.cap,
        grade=wish.grade,
        certificates=wish.certificates,
    )
