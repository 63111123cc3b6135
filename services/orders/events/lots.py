"""Facts about catalog's lots: the fields that orders reads, enough to warn a buyer early."""

from datetime import date
from uuid import UUID

from services.chassis.event import Event


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
