"""Facts about order windows."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event

IfTooSmall = Literal["call_off", "carry_over"]


class TooSmall(BaseModel):
    """What was ordered, at reference prices, and the least the window needed; in rupiah."""

    model_config = ConfigDict(frozen=True)

    total: int
    smallest_total: int


class CollectionTold(BaseModel):
    """Where and when a window collects the lots of one village."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    village: str
    point_id: UUID
    point_name: str
    point_village: str
    starts_at: datetime
    ends_at: datetime


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
    answer_by: datetime
    round_minutes: int
    firm_at: datetime
    time_zone: str
    smallest_total: int | None = None
    if_too_small: IfTooSmall | None = None
    plan_id: UUID | None = None
    due_at: datetime | None = None
    collections: tuple[CollectionTold, ...] = ()


class CloseWanted(Event, type="cooperative.close_wanted.v1", topic="cooperative.windows", key="window_id"):
    """A manager closes the window before its time; orders does it when it hears this, and says so by the book."""

    window_id: UUID
    closes_at: datetime


class WindowCalledOff(
    Event, type="cooperative.window_called_off.v1", topic="cooperative.windows", key="window_id"
):
    window_id: UUID
    reason: str
    orders: Literal["cancel", "wait"] = "cancel"
    too_small: TooSmall | None = None
