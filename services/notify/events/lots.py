"""What notify reads of lots."""

from uuid import UUID

from services.chassis.event import Event


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
