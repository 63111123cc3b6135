"""What notify reads of sharings and shares."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.chassis.event import Event
from services.notify.events.parts import Part


class Sentences(Part):
    id: str
    en: str


class ShareOffered(Event, type="cooperative.share_offered.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    seller_id: UUID
    lot_code: str
    commodity_name: str
    unit: str
    per: int
    price: int
    wanted: int
    quantity: int
    answer_by: datetime
    delivery_day: date
    time_zone: str
    sentences: Sentences


class SharingHeld(Event, type="cooperative.sharing_held.v1", topic="cooperative.sharings", key="sharing_id"):
    sharing_id: UUID
    window_code: str
    window_name: str
    manager_id: UUID
    firm_at: datetime
    time_zone: str


class ShareAnswered(Event, type="cooperative.share_answered.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    seller_id: UUID
    commodity_name: str
    unit: str
    answer: Literal["accepted", "reduced", "declined"]
    asked: int
    quantity: int


class ShareLapsed(Event, type="cooperative.share_lapsed.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    seller_id: UUID
    commodity_name: str
    unit: str
    quantity: int


class ShareChanged(Event, type="cooperative.share_changed.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    seller_id: UUID
    commodity_name: str
    unit: str
    asked: int
    quantity: int
    reason: str


class BroughtTo(Part):
    point_name: str
    village_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str


class ShareCommitted(
    Event, type="cooperative.share_committed.v1", topic="cooperative.shares", key="share_id"
):
    share_id: UUID
    seller_id: UUID
    lot_code: str
    commodity_name: str
    unit: str
    per: int
    price: int
    quantity: int
    delivery_day: date
    collection: BroughtTo | None = None
