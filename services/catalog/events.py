"""Facts that catalog publishes about lots, and the fields it reads of cooperative's."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.chassis.event import Event

Quantity = Annotated[int, Field(ge=1, le=10**12)]
Weight = Annotated[int, Field(ge=0, le=10**12)]


class LotListed(Event, type="catalog.lot_listed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    code: str
    cooperative_id: UUID
    seller_id: UUID
    village: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: list[str]


class LotRepriced(Event, type="catalog.lot_repriced.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    price: int


class LotCorrected(Event, type="catalog.lot_corrected.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    change: int
    reason: str
    available: int


class LotWithdrawn(Event, type="catalog.lot_withdrawn.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    quantity: int
    reason: str
    available: int


class StockHeld(Event, type="catalog.stock_held.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    wanted: int
    held: int
    expires_at: datetime
    available: int


class HoldRefused(Event, type="catalog.hold_refused.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    wanted: int
    reason: str
    available: int


class StockCommitted(Event, type="catalog.stock_committed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    wanted: int
    committed: int
    available: int


class StockReleased(Event, type="catalog.stock_released.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    quantity: int
    available: int


class StockCollected(Event, type="catalog.stock_collected.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    weighing_id: UUID
    weighed: int
    collected: int
    waiting: int
    returned: int
    rejected: int
    change: int
    reason: Literal["short", "surplus"] | None
    available: int


class HoldExpired(Event, type="catalog.hold_expired.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    quantity: int
    available: int


class SellingUnit(BaseModel):
    """A sack, a bunch, a piece: a name and how many of the smallest unit it holds."""

    name: str
    quantity: int


class CommodityListed(
    Event, type="cooperative.commodity_listed.v1", topic="cooperative.commodities", key="commodity_id"
):
    commodity_id: UUID
    cooperative_id: UUID
    name: str
    unit: str
    per: int
    grades: list[str]
    selling_units: list[SellingUnit]
    dated: bool


class HoldWanted(Event, type="cooperative.hold_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    lot_id: UUID
    quantity: Quantity
    expires_at: AwareDatetime


class CommitWanted(Event, type="cooperative.commit_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    lot_id: UUID
    quantity: Quantity


class ReleaseWanted(Event, type="cooperative.release_wanted.v1", topic="cooperative.shares", key="share_id"):
    share_id: UUID
    lot_id: UUID
    quantity: Quantity


class LotWeighed(Event, type="cooperative.lot_weighed.v1", topic="cooperative.weighings", key="weighing_id"):
    weighing_id: UUID
    lot_id: UUID
    shares: tuple[UUID, ...]
    waiting: Weight
    returned: Weight
    rejected: Weight
