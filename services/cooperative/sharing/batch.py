"""The frozen input of a sharing: what is wanted, which lots there are, how commodities are counted."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Product(Frozen):
    """A commodity as far as sharing depends on it; grades best first."""

    commodity_id: UUID
    name: str
    unit: str
    per: int
    grades: tuple[str, ...]
    step: int


class Demand(Frozen):
    """What an order line still misses. `place` is its turn: lines are served in order of placing."""

    line_id: UUID
    place: int
    commodity_id: UUID
    grade: str | None
    quantity: int
    cap: int
    per: int
    certificates: tuple[str, ...]


class Lot(Frozen):
    """A lot as known when the batch was frozen. `spent`: in this window it answered less, no, or nothing."""

    lot_id: UUID
    lot_code: str
    commodity_id: UUID
    village: str
    grade: str | None
    available: int
    price: int
    per: int
    ready_on: date | None
    expires_on: date | None
    certificates: tuple[str, ...]
    member: bool
    spent: bool


class Batch(Frozen):
    """Everything one sharing depends on."""

    sharing_id: UUID
    window_id: UUID
    round: int
    previous_hash: str | None
    delivery_day: date
    products: tuple[Product, ...]
    demands: tuple[Demand, ...]
    lots: tuple[Lot, ...]

    def in_order(self) -> "Batch":
        """The same batch in the one order that its hash is taken of."""
        return self.model_copy(
            update={
                "products": tuple(sorted(self.products, key=lambda product: product.commodity_id)),
                "demands": tuple(sorted(self.demands, key=lambda demand: (demand.place, demand.line_id))),
                "lots": tuple(sorted(self.lots, key=lambda lot: lot.lot_id)),
            }
        )
