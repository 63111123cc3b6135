"""What catalog shows of lots and commodities."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.catalog.domain import Commodity
from services.catalog.queries import Seen
from services.chassis.fields import View


class LotView(View):
    id: UUID
    code: Annotated[str, Field(description="For people; the last character checks the others.")]
    cooperative_id: UUID
    seller_id: Annotated[UUID | None, Field(description="Only for those who may know it.")]
    village: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: list[str]
    listed_at: datetime
    listed: int
    corrections: int
    available: int
    held: int
    committed: int
    collected: Annotated[int, Field(description="Weighed: what is waiting, was returned or was rejected.")]
    waiting: Annotated[int, Field(description="Weighed, and waiting for the truck.")]
    returned: Annotated[
        int, Field(description="Weighed above what was promised or wanted; the seller has it.")
    ]
    rejected: int
    withdrawn: bool
    version: int

    @classmethod
    def of(cls, seen: Seen) -> "LotView":
        shown = {name: getattr(seen.lot, name) for name in cls.model_fields}
        return cls(**shown | {"seller_id": seen.lot.seller_id if seen.seller_known else None})


class SellingUnitView(View):
    name: str
    quantity: int


class CommodityView(View):
    id: UUID
    cooperative_id: UUID
    name: str
    unit: Annotated[str, Field(description="The smallest unit; all quantities count it.")]
    per: Annotated[int, Field(description="Prices are rupiah for so many units.")]
    grades: Annotated[list[str], Field(description="Best first; none where the commodity has no grades.")]
    selling_units: list[SellingUnitView]
    dated: bool

    @classmethod
    def of(cls, commodity: Commodity) -> "CommodityView":
        return cls(
            id=commodity.id,
            cooperative_id=commodity.cooperative_id,
            name=commodity.name,
            unit=commodity.unit,
            per=commodity.per,
            grades=commodity.grades,
            selling_units=[
                SellingUnitView(name=name, quantity=quantity)
                for name, quantity in commodity.selling_units.items()
            ],
            dated=commodity.dated,
        )
