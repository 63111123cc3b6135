"""Facts about order windows."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


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
    collections: tuple[CollectionTold, ...] = ()


class WindowCalledOff(
    Event, type="cooperative.window_called_off.v1", topic="cooperative.windows", key="window_id"
):
    window_id: UUID
    reason: str
