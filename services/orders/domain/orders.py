"""A buyer's order: placed, changed and cancelled until the book closes, then only told what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.codes import short_code
from services.chassis.event import Aggregate
from services.orders.domain.refusals import AlreadyCancelled, ChangedMeanwhile
from services.orders.domain.windows import Commodity, Window, Wish
from services.orders.events import (
    LineCollected,
    LineShort,
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderEndedShort,
    OrderPlaced,
    Outcome,
)


class Status(StrEnum):
    PLACED = "placed"
    IN_BOOK = "in_book"
    CANCELLED = "cancelled"
    FILLED = "filled"
    PARTLY = "partly"
    SHORT = "short"


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


@dataclass(eq=False)
class Order(Aggregate):
    """What one buyer wants of one window."""

    id: UUID
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: list[Line]
    placed_at: datetime
    status: Status = Status.PLACED
    version: int = 0

    @property
    def code(self) -> str:
        return short_code(self.id)

    def placed(self) -> OrderPlaced:
        """The first fact about it."""
        return OrderPlaced(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            cooperative_id=self.cooperative_id,
            window_id=self.window_id,
            lines=self._ordered(),
            placed_at=self.placed_at,
        )

    def change(self, lines: list[Line], *, window: Window, seen: int, at: datetime) -> OrderChanged:
        """All lines anew, if the buyer changes what he last saw."""
        window.check_open(at)
        self._check_stands()
        if seen != self.version:
            raise ChangedMeanwhile(order=self.code, version=self.version, seen=seen)
        self.lines = lines
        return OrderChanged(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            cooperative_id=self.cooperative_id,
            window_id=self.window_id,
            lines=self._ordered(),
            changed_at=at,
        )

    def cancel(self, reason: str, *, window: Window, at: datetime) -> OrderCancelled:
        """The buyer wants none of it, and says so while the book is open."""
        window.check_open(at)
        return self.call_off(reason)

    def call_off(self, reason: str) -> OrderCancelled:
        """Its window does not take place: no open book is asked for."""
        self._check_stands()
        self.status = Status.CANCELLED
        return OrderCancelled(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            window_id=self.window_id,
            reason=reason,
        )

    def hear(self, told: Outcome) -> bool:
        """A line's outcome; the order's own follows with the last of them. Cancelled stays cancelled."""
        news = {line.line_id: line for line in self.lines}[told.line_id].hear(told)
        if self.status is not Status.CANCELLED:
            self.status = self._outcome()
        return news

    def leave_out(self, reason: str) -> list[OrderEndedShort]:
        """Cooperative shared the book without it: nothing comes of any line. Once, and only while it stands."""
        if self.status in (Status.CANCELLED, Status.SHORT):
            return []
        for line in self.lines:
            line.filled, line.reason, line.villages = 0, reason, []
        self.status = Status.SHORT
        return [
            OrderEndedShort(
                order_id=self.id,
                version=self.next_version(),
                code=self.code,
                buyer_id=self.buyer_id,
                window_id=self.window_id,
                reason=reason,
            )
        ]

    def _outcome(self) -> Status:
        if any(line.filled is None for line in self.lines):
            return Status.IN_BOOK
        if not any(line.missing for line in self.lines):
            return Status.FILLED
        return Status.PARTLY if any(line.filled for line in self.lines) else Status.SHORT

    def _check_stands(self) -> None:
        if self.status is Status.CANCELLED:
            raise AlreadyCancelled(order=self.code)

    def _ordered(self) -> tuple[OrderedLine, ...]:
        return tuple(OrderedLine.model_validate(line) for line in self.lines)


def lines_of(wishes: Sequence[Wish], window: Window, commodities: Mapping[UUID, Commodity]) -> list[Line]:
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


def place(
    order_id: UUID, buyer_id: UUID, lines: list[Line], *, window: Window, at: datetime
) -> tuple[Order, OrderPlaced]:
    """A new order, if the window's book is open."""
    window.check_open(at)
    order = Order(order_id, buyer_id, window.cooperative_id, window.id, lines, at)
    return order, order.placed()
