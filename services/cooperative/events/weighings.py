"""Facts about what is weighed at collection points, and catalog's answer."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.events.lines import VillagePart

Less = Literal["SHORT_WEIGHT", "WRONG_GRADE", "REJECTED"]


class LotWeighed(Event, type="cooperative.lot_weighed.v1", topic="cooperative.weighings", key="weighing_id"):
    weighing_id: UUID
    window_id: UUID
    lot_id: UUID
    lot_code: str
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    shares: tuple[UUID, ...]
    committed: int
    gross: int
    tare: int
    net: int
    listed_grade: str | None
    grade: str | None
    price_permille: int
    reason: str | None
    waiting: int
    returned: int
    rejected: int
    weighed_at: datetime


class StockCollected(Event, type="catalog.stock_collected.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    weighing_id: UUID
    weighed: int
    available: int


class ShareCollected(
    Event, type="cooperative.share_collected.v1", topic="cooperative.shares", key="share_id"
):
    share_id: UUID
    seller_id: UUID
    village: str
    lot_code: str
    commodity_name: str
    unit: str
    per: int
    price: int
    delivery_day: date
    committed: int
    quantity: int
    final_price: int
    less: Less | None


class LineCollected(Event, type="cooperative.line_collected.v1", topic="cooperative.lines", key="line_id"):
    line_id: UUID
    order_id: UUID
    window_id: UUID
    buyer_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    promised: int
    filled: int
    villages: tuple[VillagePart, ...]
    delivery_day: date
    less: Less | None
