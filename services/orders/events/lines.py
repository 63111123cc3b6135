"""Facts about cooperative's order lines: the fields that orders reads."""

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
    commodity_name: str
    unit: str
    ordered: int
    filled: int
    villages: tuple[VillagePart, ...]


class LineShort(Event, type="cooperative.line_short.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    filled: int
    villages: tuple[VillagePart, ...]
    missing: int
    reason: str


class LineCollected(Event, type="cooperative.line_collected.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    commodity_name: str
    unit: str
    promised: int
    filled: int
    villages: tuple[VillagePart, ...]
    less: str | None


Outcome = LineFilled | LineShort | LineCollected
