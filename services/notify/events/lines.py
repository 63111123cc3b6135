"""What notify reads of order lines."""

from datetime import date
from uuid import UUID

from services.chassis.event import Event
from services.notify.events.parts import Part


class VillagePart(Part):
    name: str
    quantity: int


class LineFilled(Event, type="cooperative.line_filled.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    filled: int
    villages: tuple[VillagePart, ...]
    delivery_day: date


class LineShort(Event, type="cooperative.line_short.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    filled: int
    missing: int
    villages: tuple[VillagePart, ...]
    reason: str
    delivery_day: date


class LineCollected(Event, type="cooperative.line_collected.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    promised: int
    filled: int
    villages: tuple[VillagePart, ...]
    delivery_day: date
    less: str | None
