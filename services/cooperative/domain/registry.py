"""Who belongs to a cooperative, and what it sells by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.event import Aggregate
from services.chassis.wording import amount, both
from services.cooperative.domain.refusals import NotInWholeSteps
from services.cooperative.events import CommodityListed, SellingUnit


class Role(StrEnum):
    SELLER = "seller"
    ASSISTANT = "assistant"


@dataclass(eq=False)
class Cooperative:
    """Villages that sell together; the manager is a person of the identity service."""

    id: UUID
    name: str
    district: str
    manager_id: UUID
    created_at: datetime


@dataclass(eq=False)
class Village:
    """A member village, known by the home ministry's code.

    `stop_cost`: rupiah for a truck's stop there; `haul_cost`: rupiah for `per` units of any commodity.
    """

    id: UUID
    cooperative_id: UUID
    code: str
    name: str
    stop_cost: int = 0
    haul_cost: int = 0

    def cost(self, *, stop_cost: int, haul_cost: int, of: UUID, by: str, at: datetime) -> "VillageCosts":
        """What a truck costs from now on; sharings that are frozen already keep what they have."""
        self.stop_cost, self.haul_cost = stop_cost, haul_cost
        return VillageCosts(of, self.cooperative_id, self.code, stop_cost, haul_cost, by, at)


@dataclass(eq=False)
class VillageCosts:
    """A decision on a village's costs, kept: who took it, and when."""

    id: UUID
    cooperative_id: UUID
    village: str
    stop_cost: int
    haul_cost: int
    changed_by: str
    changed_at: datetime


@dataclass(eq=False)
class Member:
    """A person of a member village, with the name by which the cooperative knows him."""

    id: UUID
    cooperative_id: UUID
    person_id: UUID
    village: str
    role: Role
    name: str


@dataclass(eq=False)
class Commodity(Aggregate):
    """A row of the cooperative's list; grades best first, prices in rupiah for `per` units."""

    id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    grades: Sequence[str]
    selling_units: Sequence[dict[str, str | int]]
    step: int
    reference_price: int
    dated: bool
    version: int = 0

    def listed(self) -> CommodityListed:
        """The first fact about it, if people can count it in whole steps."""
        for one in (self.per, *(int(unit["quantity"]) for unit in self.selling_units)):
            self.check_whole_steps(one)
        return CommodityListed(
            commodity_id=self.id,
            version=self.next_version(),
            cooperative_id=self.cooperative_id,
            name=self.name,
            unit=self.unit,
            per=self.per,
            grades=tuple(self.grades),
            selling_units=tuple(SellingUnit.model_validate(unit) for unit in self.selling_units),
            step=self.step,
            reference_price=self.reference_price,
            dated=self.dated,
        )

    def check_whole_steps(self, quantity: int) -> None:
        if quantity % self.step:
            facts = {"step": both(amount, self.step, self.unit), "wrong": both(amount, quantity, self.unit)}
            raise NotInWholeSteps(name=self.name, **facts)
