"""Facts about the commodity list."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class SellingUnit(BaseModel):
    """What people sell by: a karung holds 50,000 g."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    name: str
    quantity: int


class CommodityListed(
    Event, type="cooperative.commodity_listed.v1", topic="cooperative.commodities", key="commodity_id"
):
    commodity_id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    grades: tuple[str, ...]
    selling_units: tuple[SellingUnit, ...]
    step: int
    reference_price: int
    dated: bool
