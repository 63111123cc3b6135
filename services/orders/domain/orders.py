"""A buyer's order: it waits or is placed, changed and cancelled until the book closes, then is only told of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.codes import short_code
from services.chassis.event import Aggregate
from services.orders.domain.lines import Line
from services.orders.domain.refusals import AlreadyCancelled, ChangedMeanwhile
from services.orders.domain.windows import Window
from services.orders.events import (
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderEndedShort,
    OrderPlaced,
    OrderWaiting,
    OrderWithdrawn,
    Outcome,
    TooSmall,
    WindowCalledOff,
    WindowJoined,
)


class Status(StrEnum):
    WAITING = "waiting"
    PLACED = "placed"
    IN_BOOK = "in_book"
    CANCELLED = "cancelled"
    FILLED = "filled"
    PARTLY = "partly"
    SHORT = "short"


@dataclass(eq=False)
class Order(Aggregate):
    """What one buyer wants of one window; of the next one, while it waits.

    `moved_from`: the window that was called off and let it wait, the last where there were several.
    """

    id: UUID
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID | None
    lines: list[Line]
    placed_at: datetime
    status: Status = Status.PLACED
    moved_from: UUID | None = None
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
            window_id=self._window(),
            lines=self._ordered(),
            placed_at=self.placed_at,
        )

    def waiting(self, moved_from: UUID | None = None, too_small: TooSmall | None = None) -> OrderWaiting:
        """It waits for the next window with these lines: since it was placed, changed, or its window called off."""
        return OrderWaiting(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            cooperative_id=self.cooperative_id,
            lines=self._ordered(),
            placed_at=self.placed_at,
            moved_from=moved_from,
            too_small=too_small,
        )

    def lose_window(self, told: WindowCalledOff) -> OrderWaiting | OrderCancelled:
        """Its window does not take place: it waits for the next one, or is cancelled, as the manager had set."""
        if told.orders != "wait" or self.status not in (Status.PLACED, Status.IN_BOOK):
            return self.call_off(told.reason, told.too_small)
        self.moved_from, self.window_id, self.status = self.window_id, None, Status.WAITING
        return self.waiting(self.moved_from, told.too_small)

    def join(self, window: Window, at: datetime) -> OrderChanged:
        """The window it waited for is open."""
        if self.status is not Status.WAITING:
            raise ValueError(f"order {self.id} is {self.status}, it waits for no window")
        self.window_id, self.status = window.id, Status.PLACED
        return self._changed(at, window.joined())

    def change(
        self, lines: list[Line], *, window: Window | None, seen: int, at: datetime
    ) -> OrderChanged | OrderWaiting:
        """All lines anew, if the buyer changes what he last saw; while it waits, at any time."""
        if window:
            window.check_open(at)
        self._check_stands()
        if seen != self.version:
            raise ChangedMeanwhile(order=self.code, version=self.version, seen=seen)
        self.lines = lines
        return self._changed(at) if window else self.waiting()

    def _changed(self, at: datetime, joined: WindowJoined | None = None) -> OrderChanged:
        return OrderChanged(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            cooperative_id=self.cooperative_id,
            window_id=self._window(),
            lines=self._ordered(),
            changed_at=at,
            joined=joined,
        )

    def cancel(self, reason: str, *, window: Window | None, at: datetime) -> OrderCancelled | OrderWithdrawn:
        """The buyer wants none of it, and says so while the book is open, or while it waits."""
        if window is None:
            return self._withdraw(reason)
        window.check_open(at)
        return self.call_off(reason)

    def _withdraw(self, reason: str) -> OrderWithdrawn:
        self._check_stands()
        self.status = Status.CANCELLED
        return OrderWithdrawn(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            reason=reason,
        )

    def call_off(self, reason: str, too_small: TooSmall | None = None) -> OrderCancelled:
        """Its window does not take place: no open book is asked for."""
        self._check_stands()
        self.status = Status.CANCELLED
        return OrderCancelled(
            order_id=self.id,
            version=self.next_version(),
            code=self.code,
            buyer_id=self.buyer_id,
            window_id=self._window(),
            reason=reason,
            too_small=too_small,
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
                window_id=self._window(),
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

    def _window(self) -> UUID:
        if self.window_id is None:
            raise ValueError(f"order {self.id} is in no window")
        return self.window_id

    def _ordered(self) -> tuple[OrderedLine, ...]:
        return tuple(OrderedLine.model_validate(line) for line in self.lines)
