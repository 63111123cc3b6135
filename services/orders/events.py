"""Facts that orders publishes, and the fields it reads of others' facts."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.chassis.event import Event

# --- what orders publishes ---------------------------------------------------------------------


class OrderedLine(BaseModel):
    """One wish of a buyer, as everyone else sees it: at most `cap` rupiah per `per` units."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    line_id: UUID
    commodity_id: UUID
    commodity_name: str
    unit: str
    grade: str | None
    quantity: int
    cap: int
    per: int
    certificates: tuple[str, ...]


class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    placed_at: datetime


class OrderChanged(Event, type="orders.changed.v1", topic="orders.orders", key="order_id"):
    """All lines anew; lines of earlier versions are void."""

    order_id: UUID
    code: str
    buyer_id: UUID
    cooperative_id: UUID
    window_id: UUID
    lines: tuple[OrderedLine, ...]
    changed_at: datetime


class OrderCancelled(Event, type="orders.cancelled.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    window_id: UUID
    reason: str


class OrderEndedShort(Event, type="orders.ended_short.v1", topic="orders.orders", key="order_id"):
    order_id: UUID
    code: str
    buyer_id: UUID
    window_id: UUID
    reason: str


class BookedOrder(BaseModel):
    """An order in exactly the version that stands in a closed book."""

    model_config = ConfigDict(frozen=True)

    order_id: UUID
    version: int


class BookClosed(Event, type="orders.book_closed.v1", topic="orders.books", key="window_id"):
    """No order of this window changes by its buyer's wish any more; the sharing takes exactly these."""

    window_id: UUID
    cooperative_id: UUID
    due_at: datetime
    closed_at: datetime
    orders: tuple[BookedOrder, ...]
    digest: str


# --- what orders reads of cooperative ----------------------------------------------------------


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


class WindowCalledOff(
    Event, type="cooperative.window_called_off.v1", topic="cooperative.windows", key="window_id"
):
    window_id: UUID
    reason: str


class OrderLeftOut(Event, type="cooperative.order_left_out.v1", topic="cooperative.orders", key="order_id"):
    order_id: UUID
    reason: str


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


# --- what orders reads of catalog: enough to warn a buyer early ----------------------------------


class LotListed(Event, type="catalog.lot_listed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    commodity_id: UUID
    grade: str | None
    quantity: int
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: tuple[str, ...]


class LotRepriced(Event, type="catalog.lot_repriced.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    price: int


class LotCorrected(Event, type="catalog.lot_corrected.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class LotWithdrawn(Event, type="catalog.lot_withdrawn.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class StockHeld(Event, type="catalog.stock_held.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class StockCommitted(Event, type="catalog.stock_committed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class StockReleased(Event, type="catalog.stock_released.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class HoldExpired(Event, type="catalog.hold_expired.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


StockTold = LotCorrected | StockHeld | StockCommitted | StockReleased | HoldExpired
