"""Facts about sharings and shares: what is asked of whom, what was answered, what catalog is asked for."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event


class SharingPublished(
    Event, type="cooperative.sharing_published.v1", topic="cooperative.sharings", key="sharing_id"
):
    sharing_id: UUID
    window_id: UUID
    round: int
    record_hash: str
    previous_hash: str | None


class SharingHeld(Event, type="cooperative.sharing_held.v1", topic="cooperative.sharings", key="sharing_id"):
    sharing_id: UUID
    window_id: UUID
    window_code: str
    window_name: str
    round: int
    manager_id: UUID
    firm_at: datetime
    time_zone: str


class HoldWanted(Event, type="cooperative.hold_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    window_id: UUID
    lot_id: UUID
    quantity: int
    expires_at: datetime


class Sentences(BaseModel):
    """Why the share is what it is, in Indonesian and English."""

    model_config = ConfigDict(frozen=True)

    id: str
    en: str


class ShareOffered(Event, type="cooperative.share_offered.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    window_id: UUID
    lot_id: UUID
    lot_code: str
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    per: int
    price: int
    wanted: int
    quantity: int
    round: int
    answer_by: datetime
    delivery_day: date
    time_zone: str
    sentences: Sentences


class ShareAnswered(Event, type="cooperative.share_answered.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    seller_id: UUID
    commodity_name: str
    unit: str
    answer: str
    asked: int
    quantity: int
    said_at: datetime


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


class ReleaseWanted(Event, type="cooperative.release_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    lot_id: UUID
    quantity: int
    reason: str


class CommitWanted(Event, type="cooperative.commit_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    lot_id: UUID
    quantity: int


class BroughtTo(BaseModel):
    """Where and when the seller brings the lot."""

    model_config = ConfigDict(frozen=True)

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
    village: str
    lot_code: str
    commodity_name: str
    unit: str
    per: int
    price: int
    quantity: int
    delivery_day: date
    collection: BroughtTo | None = None
