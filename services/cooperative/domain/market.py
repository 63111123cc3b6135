"""What a window can be shared over, as plain values: another process freezes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cooperative.sharing import Pseudonyms


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot as catalog last told of it, with its seller's name."""

    lot_id: UUID
    version: int
    lot_code: str
    seller_id: UUID
    seller_name: str
    village: str
    commodity_id: UUID
    grade: str | None
    available: int
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a seller carries over in one commodity."""

    seller_id: UUID
    seller_name: str
    village: str
    commodity_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class Good:
    """What a batch says of a commodity."""

    id: UUID
    name: str
    unit: str
    per: int
    grades: Sequence[str]
    step: int
    reference_price: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What a batch says of an order line."""

    line_id: UUID
    buyer_id: UUID
    commodity_id: UUID
    grade: str | None
    quantity: int
    cap: int
    certificates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Market:
    """What a window is shared over, as known now, and by which policy.

    `batch`: its id. `villages`: of each member village the stop cost and the haul cost. `minimum_steps`, `rounds`:
    as the policy has them.
    """

    batch: str
    day: date
    parameters: Mapping[str, int]
    minimum_steps: int
    rounds: int
    pseudonyms: Pseudonyms
    villages: Mapping[str, tuple[int, int]]
    goods: Sequence[Good]
    wishes: Sequence[Wish]
    lots: Sequence[KnownLot]
    credits: Sequence[Carried]
