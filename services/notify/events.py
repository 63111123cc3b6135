"""Facts that notify publishes, and the fields it reads of others'."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event

Language = Literal["id", "en"]
ChannelName = Literal["telegram", "list"]
FailureReason = Literal["BLOCKED", "REJECTED"]


class MessageSent(Event, type="notify.message_sent.v1", topic="notify.messages", key="message_id"):
    message_id: UUID
    person_id: UUID
    channel: ChannelName
    template: str
    fact: UUID
    attempts: int


class MessageFailed(Event, type="notify.message_failed.v1", topic="notify.messages", key="message_id"):
    message_id: UUID
    person_id: UUID
    channel: ChannelName
    template: str
    fact: UUID
    reason: FailureReason
    attempts: int


class Part(BaseModel):
    """Something inside an event of another service, of which we read these fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class LotListed(Event, type="catalog.lot_listed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    code: str
    cooperative_id: UUID
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    price: int


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


class OrderedLine(Part):
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    cap: int
    certificates: tuple[str, ...]


class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    lines: tuple[OrderedLine, ...]


class WindowJoined(Part):
    name: str
    closes_at: datetime
    delivery_day: date
    time_zone: str


class TooSmall(Part):
    total: int
    smallest_total: int


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    lines: tuple[OrderedLine, ...]
    joined: WindowJoined | None = None


class OrderWaiting(Event, type="orders.waiting.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    lines: tuple[OrderedLine, ...]
    moved_from: UUID | None = None
    too_small: TooSmall | None = None


class OrderWithdrawn(Event, type="orders.withdrawn.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str
    too_small: TooSmall | None = None


class OrderEndedShort(Event, type="orders.ended_short.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    reason: str


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


class LotWeighed(Event, type="cooperative.lot_weighed.v1", topic="cooperative.weighings", key="weighing_id"):
    weighing_id: UUID
    lot_code: str
    seller_id: UUID
    commodity_name: str
    unit: str
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


ToSeller = LotListed | ShareOffered | ShareAnswered | ShareLapsed | ShareChanged | ShareCommitted | LotWeighed
ToBuyer = (
    OrderPlaced
    | OrderChanged
    | OrderWaiting
    | OrderWithdrawn
    | OrderCancelled
    | OrderEndedShort
    | LineFilled
    | LineShort
    | LineCollected
)
