"""The order window as orders knows it, and the commodities that may be ordered in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.chassis.wording import amount, both, moment
from services.orders.domain.refusals import (
    CalledOff,
    NotAMultiple,
    NotInWindow,
    NotOpenYet,
    TooLate,
    UnknownCommodity,
    UnknownGrade,
)
from services.orders.events import WindowJoined


@dataclass(frozen=True)
class Wish:
    """One thing a buyer asks for: no worse than `grade`, for no more than `cap`."""

    line_id: UUID
    commodity_id: UUID
    quantity: int
    cap: int
    grade: str | None = None
    certificates: tuple[str, ...] = ()


@dataclass(eq=False)
class Commodity:
    """A row of the cooperative's list."""

    id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    step: int
    grades: Sequence[str] = ()
    version: int = 1

    def check(self, wish: Wish) -> None:
        """Refuse a grade it does not have and a quantity nobody could share out."""
        if wish.grade is not None and wish.grade not in self.grades:
            raise UnknownGrade(commodity=self.name, grade=wish.grade, grades=", ".join(self.grades) or "-")
        if wish.quantity % self.step:
            raise self._not_a_multiple(wish.quantity)

    def _not_a_multiple(self, quantity: int) -> NotAMultiple:
        nearest = max(self.step, quantity - quantity % self.step)
        return NotAMultiple(
            commodity=self.name,
            step=both(amount, self.step, self.unit),
            quantity=both(amount, quantity, self.unit),
            nearest=both(amount, nearest, self.unit),
        )


@dataclass(eq=False)
class Window:
    """A window as cooperative announced it, and what became of it: its book closed, or it was called off."""

    id: UUID
    cooperative_id: UUID
    code: str
    name: str
    delivery_day: date
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    commodity_ids: Sequence[UUID] = field(default_factory=tuple)
    smallest_total: int | None = None
    if_too_small: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    called_off: str | None = None

    def check_open(self, at: datetime) -> None:
        """Refuse what comes before it opens or after its book closed; the row decides, then the clock."""
        self.check_stands()
        if self.closed_at is not None or at >= self.closes_at:
            raise TooLate(window=self.code, closes_at=both(moment, self.closes_at, self.time_zone))
        if at < self.opens_at:
            raise NotOpenYet(window=self.code, opens_at=both(moment, self.opens_at, self.time_zone))

    def opens(self, at: datetime) -> bool:
        """Let in who waited, if it is still a window to order in; remembers when that was."""
        if self.called_off is not None or self.closed_at is not None or at >= self.closes_at:
            return False
        self.opened_at = self.opened_at or at
        return True

    def joined(self) -> WindowJoined:
        """What the buyer of an order that waited is told of it."""
        return WindowJoined(
            name=self.name,
            due_at=self.opens_at,
            closes_at=self.closes_at,
            delivery_day=self.delivery_day,
            time_zone=self.time_zone,
        )

    def check_stands(self) -> None:
        if self.called_off is not None:
            raise CalledOff(window=self.code, reason=self.called_off)

    def close(self, at: datetime) -> None:
        """Close its book, once; nobody orders in it any more."""
        self.check_stands()
        if self.closed_at is not None:
            raise TooLate(window=self.code, closes_at=both(moment, self.closes_at, self.time_zone))
        self.closed_at = at

    def close_early(self, at: datetime) -> bool:
        """Its book is to close before its time; whether there is still one to close."""
        if self.closed_at is not None or self.called_off is not None:
            return False
        self.closes_at = min(self.closes_at, at)
        return True

    def wanted(self, wish: Wish, commodities: Mapping[UUID, Commodity]) -> Commodity:
        """The commodity of a wish that can be ordered here."""
        commodity = _known(wish, commodities)
        if commodity.id not in self.commodity_ids:
            raise NotInWindow(commodity=commodity.name, window=self.code)
        commodity.check(wish)
        return commodity


@dataclass(frozen=True)
class NextWindow:
    """A window that nobody has announced yet: what a waiting order waits for."""

    cooperative_id: UUID

    def wanted(self, wish: Wish, commodities: Mapping[UUID, Commodity]) -> Commodity:
        """The commodity of a wish, if it is on the cooperative's list."""
        commodity = _known(wish, commodities)
        if commodity.cooperative_id != self.cooperative_id:
            raise UnknownCommodity(commodity_id=wish.commodity_id)
        commodity.check(wish)
        return commodity


def _known(wish: Wish, commodities: Mapping[UUID, Commodity]) -> Commodity:
    if wish.commodity_id not in commodities:
        raise UnknownCommodity(commodity_id=wish.commodity_id)
    return commodities[wish.commodity_id]
