"""Facts about order lines: told only when catalog has committed what they say."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class VillagePart(BaseModel):
    """How much of a line comes from which village."""

    model_config = ConfigDict(frozen=True)

    village: str
    name: str
    quantity: int


class LineFilled(Event, type="cooperative.line_filled.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    window_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    filled: int
    villages: tuple[VillagePart, ...]
    delivery_day: date


class LineShort(Event, type="cooperative.line_short.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    window_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    filled: int
    villages: tuple[VillagePart, ...]
    delivery_day: date
    missing: int
    reason: str
