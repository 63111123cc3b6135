"""What a share asks for: settled when its sharing is published, and told with each fact about it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.chassis.event import Aggregate
from services.cooperative.events import HoldWanted


@dataclass(eq=False, kw_only=True)
class AskedFor(Aggregate):
    """So much (`wanted`) of one lot for one order line, at its price, to be answered and brought by then.

    `lot_frozen`: the version of the lot whose stock was shared; None where the batch did not keep it yet.
    """

    id: UUID
    window_id: UUID
    sharing_id: UUID
    line_id: UUID
    lot_id: UUID
    lot_frozen: int | None = None
    lot_code: str
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    per: int
    step: int
    price: int
    round: int
    wanted: int
    answer_by: datetime
    holds_until: datetime
    delivery_day: date
    time_zone: str
    sentences: dict[str, str]
    version: int = 0

    def hold_wanted(self) -> HoldWanted:
        """The first fact about it: catalog is asked to set the stock aside."""
        return HoldWanted(
            **self.next_fact(),
            window_id=self.window_id,
            lot_id=self.lot_id,
            quantity=self.wanted,
            expires_at=self.holds_until,
        )

    def next_fact(self) -> dict[str, Any]:
        return {"share_id": self.id, "version": self.next_version()}

    def next_told(self) -> dict[str, Any]:
        """A fact that says whose it is, and of what."""
        about = {"seller_id": self.seller_id, "commodity_name": self.commodity_name, "unit": self.unit}
        return self.next_fact() | about

    def next_described(self) -> dict[str, Any]:
        """A fact that says all that its seller has to know."""
        lot = {"village": self.village, "lot_code": self.lot_code, "per": self.per, "price": self.price}
        return self.next_told() | lot | {"delivery_day": self.delivery_day}
