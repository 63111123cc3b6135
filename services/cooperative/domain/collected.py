"""What a weighing means for the shares of its lot: who gets how much, at which price, and what goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.chassis.wording import amount, both
from services.cooperative.domain.refusals import (
    GradeNotKnown,
    LotStillCommitting,
    NothingWeighed,
    ReasonNeeded,
)
from services.cooperative.domain.weigh_ins import Said

GRADE_DROP_PERMILLE = 100
"""What each grade below the one that was listed takes off the asked price; a better grade keeps it."""


class Less(StrEnum):
    """Why a share brought less than was committed."""

    SHORT_WEIGHT = "SHORT_WEIGHT"
    WRONG_GRADE = "WRONG_GRADE"
    REJECTED = "REJECTED"


class Promised(NamedTuple):
    """A share of the lot; `grade`: the lowest that its line takes, None where any will do."""

    share_id: UUID
    line_id: UUID
    quantity: int
    grade: str | None
    pending: bool = False


class Part(NamedTuple):
    """What a share gets of the weighing."""

    promised: Promised
    quantity: int
    less: Less | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtLot:
    """A lot that is committed for a window: `grade` as listed, `grades` best first, `shares` in order of placing."""

    lot_id: UUID
    code: str
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    grades: Sequence[str]
    shares: Sequence[Promised]

    @property
    def committed(self) -> int:
        return sum(share.quantity for share in self.shares)

    def check(self, said: Said, reason: str | None) -> None:
        """Whether this can be said of it."""
        if any(share.pending for share in self.shares):
            raise LotStillCommitting(code=self.code)
        if said.net < 0:
            raise NothingWeighed(net=both(amount, -said.net, self.unit))
        graded = not self.grades if said.grade is None else said.grade in self.grades
        if not graded and not said.rejected and said.net:
            raise GradeNotKnown(commodity=self.commodity_name, grades=", ".join(self.grades) or "-")
        regraded = said.grade is not None and said.grade != self.grade
        if (said.rejected or regraded) and reason is None:
            raise ReasonNeeded(code=self.code)

    def price_permille(self, said: Said) -> int:
        """Of the asked price: it follows the grade that was seen."""
        if said.grade is None or self.grade is None:
            return 1000
        below = max(0, self._rank(said.grade) - self._rank(self.grade))
        return max(0, 1000 - below * GRADE_DROP_PERMILLE)

    def parts(self, said: Said) -> list[Part]:
        """Orders are served in the order in which they were placed, each up to what was committed to it."""
        left, found = 0 if said.rejected else said.net, []
        for share in self.shares:
            suits = self._suits(share, said)
            got = min(left, share.quantity) if suits else 0
            found.append(Part(share, got, _less(share, got, said, suits=suits)))
            left -= got
        return found

    def _suits(self, share: Promised, said: Said) -> bool:
        if share.grade is None or said.grade is None:
            return True
        return self._rank(said.grade) <= self._rank(share.grade)

    def _rank(self, grade: str) -> int:
        return self.grades.index(grade) if grade in self.grades else len(self.grades)


def _less(share: Promised, got: int, said: Said, *, suits: bool) -> Less | None:
    if got == share.quantity:
        return None
    if said.rejected:
        return Less.REJECTED
    return Less.SHORT_WEIGHT if suits else Less.WRONG_GRADE
