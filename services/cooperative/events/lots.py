"""What cooperative reads of catalog: lots, what is available of them, and its answers."""

from datetime import date
from uuid import UUID

from services.chassis.event import Event


class LotListed(Event, type="catalog.lot_listed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    code: str
    cooperative_id: UUID
    seller_id: UUID
    village: str
    commodity_id: UUID
    per: int
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
    change: int
    available: int


class LotWithdrawn(Event, type="catalog.lot_withdrawn.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    quantity: int
    available: int


class StockHeld(Event, type="catalog.stock_held.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    held: int
    available: int


class HoldRefused(Event, type="catalog.hold_refused.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    reason: str
    available: int


class StockCommitted(Event, type="catalog.stock_committed.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    share_id: UUID
    committed: int
    available: int


class StockReleased(Event, type="catalog.stock_released.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int


class HoldExpired(Event, type="catalog.hold_expired.v1", topic="catalog.lots", key="lot_id"):
    lot_id: UUID
    available: int
