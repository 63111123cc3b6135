"""A row of the cooperative's list, as far as it says how a lot of it must be described."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.catalog.domain.refusals import (
    AlreadyExpired,
    DatesNeeded,
    DatesNotUsed,
    DatesReversed,
    GradeNeeded,
    GradeNotUsed,
    UnknownSellingUnit,
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A quantity as people count it: three sacks, twelve bunches."""

    selling_unit: str
    count: int


@dataclass(eq=False, kw_only=True)
class Commodity:
    id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    grades: list[str]
    selling_units: dict[str, int]
    dated: bool
    version: int

    def in_units(self, quantity: int | Packed) -> int:
        """The quantity in the smallest unit."""
        if isinstance(quantity, int):
            return quantity
        if quantity.selling_unit not in self.selling_units:
            known = ", ".join(self.selling_units) or "-"
            raise UnknownSellingUnit(
                commodity=self.name, named=quantity.selling_unit, known=known, unit=self.unit
            )
        return quantity.count * self.selling_units[quantity.selling_unit]

    def require_grade(self, grade: str | None) -> None:
        if not self.grades and grade is not None:
            raise GradeNotUsed(commodity=self.name)
        if self.grades and grade not in self.grades:
            raise GradeNeeded(commodity=self.name, grades=", ".join(self.grades))

    def require_dates(self, ready_on: date | None, expires_on: date | None, at: datetime) -> None:
        if not self.dated:
            if ready_on or expires_on:
                raise DatesNotUsed(commodity=self.name)
            return
        if ready_on is None or expires_on is None:
            raise DatesNeeded(commodity=self.name)
        if expires_on < ready_on:
            raise DatesReversed(ready_on=ready_on, expires_on=expires_on)
        # Indonesia's day is UTC's or the one after it: this refuses no lot that is good today.
        if expires_on < at.date():
            raise AlreadyExpired(expires_on=expires_on)
