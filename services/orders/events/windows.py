"""Facts about cooperative's windows and commodities: the fields that orders reads."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.chassis.event import Event
from services.orders.events.orders import TooSmall


class CommodityListed(
    Event, type="cooperative.commodity_listed.v1", topic="cooperative.commodities", key="commodity_id"
):
    commodity_id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    grades: tuple[str, ...]
    step: int


class WindowAnnounced(
    Event, type="cooperative.window_announced.v1", topic="cooperative.windows", key="window_id"
):
    window_id: UUID
    cooperative_id: UUID
    code: str
    name: str
    commodities: tuple[UUID, ...]
    delivery_day: date
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    smallest_total: int | None = None
    if_too_small: Literal["call_off", "carry_over"] | None = None


class CloseWanted(Event, type="cooperative.close_wanted.v1", topic="cooperative.windows", key="window_id"):
    window_id: UUID
    closes_at: datetime


class WindowCalledOff(
    Event, type="cooperative.window_called_off.v1", topic="cooperative.windows", key="window_id"
):
    window_id: UUID
    reason: str
    orders: Literal["cancel", "wait"] | None = None
    too_small: TooSmall | None = None
