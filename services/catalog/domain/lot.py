"""A lot: what one seller lists of one commodity, and where each unit of its stock is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.catalog.domain.commodity import Commodity, Packed
from services.catalog.domain.refusals import AlreadyWithdrawn, MoreThanAvailable, NothingToWithdraw, TooMuch
from services.catalog.events import LotCorrected, LotListed, LotRepriced, LotWithdrawn
from services.chassis.codes import short_code
from services.chassis.event import Aggregate

MOST = 10**12
PLACES = ("available", "held", "committed", "waiting", "returned", "rejected")
"""Where a unit of stock can be; the last three are what was collected."""


class StockDoesNotAddUp(Exception):
    """A bug: a unit of stock was lost, made up or promised twice."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a seller says of the lot to be listed."""

    seller_id: UUID
    village: str
    quantity: int | Packed
    price: int
    grade: str | None = None
    ready_on: date | None = None
    expires_on: date | None = None
    certificates: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class Lot(Aggregate):
    id: UUID
    code: str
    cooperative_id: UUID
    seller_id: UUID
    village: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: list[str]
    listed_at: datetime
    listed: int
    available: int
    corrections: int = 0
    held: int = 0
    committed: int = 0
    collected: int = 0
    waiting: int = 0
    returned: int = 0
    rejected: int = 0
    withdrawn: bool = False
    version: int = 0

    def reprice(self, price: int) -> LotRepriced:
        """A new price, for shares not yet asked: one that is asked keeps the price it was asked at."""
        self._require_listed()
        self.price = price
        return LotRepriced(lot_id=self.id, price=price, version=self.next_version())

    def correct(self, change: int, reason: str) -> LotCorrected:
        self._require_listed()
        if self.available + change < 0:
            raise MoreThanAvailable(
                available=self.available, held=self.held, committed=self.committed, unit=self.unit
            )
        if self.listed + self.corrections + change > MOST:
            raise TooMuch(most=MOST, unit=self.unit)
        self.move(available=change, corrections=change)
        return LotCorrected(
            lot_id=self.id,
            change=change,
            reason=reason,
            available=self.available,
            version=self.next_version(),
        )

    def withdraw(self, reason: str) -> LotWithdrawn:
        """Takes off what is available. What is released to a withdrawn lot later can be withdrawn again."""
        quantity = self.available
        if quantity == 0:
            raise NothingToWithdraw(held=self.held, committed=self.committed, unit=self.unit)
        self.move(available=-quantity, corrections=-quantity)
        self.withdrawn = True
        return LotWithdrawn(
            lot_id=self.id, quantity=quantity, reason=reason, available=0, version=self.next_version()
        )

    def move(self, *, corrections: int = 0, **places: int) -> None:
        """The only way stock moves; what goes in one place (of `PLACES`) has left another."""
        for place in places:
            setattr(self, place, getattr(self, place) + places[place])
        self.corrections += corrections
        self.collected = self.waiting + self.returned + self.rejected
        now = {place: getattr(self, place) for place in PLACES}
        if min(now.values()) < 0 or sum(now.values()) != self.listed + self.corrections:
            raise StockDoesNotAddUp(f"lot {self.id}: {now} of {self.listed} + {self.corrections}")

    def _require_listed(self) -> None:
        if self.withdrawn:
            raise AlreadyWithdrawn(code=self.code)


def list_lot(lot_id: UUID, commodity: Commodity, offer: Offer, at: datetime) -> tuple[Lot, LotListed]:
    """A new lot, if the offer describes it as the commodity asks; it keeps the commodity's terms of today."""
    commodity.require_grade(offer.grade)
    commodity.require_dates(offer.ready_on, offer.expires_on, at)
    lot = _lot(lot_id, commodity, offer, at)
    if lot.listed > MOST:
        raise TooMuch(most=MOST, unit=commodity.unit)
    return lot, _listed(lot)


def _lot(lot_id: UUID, commodity: Commodity, offer: Offer, at: datetime) -> Lot:
    quantity = commodity.in_units(offer.quantity)
    return Lot(
        id=lot_id,
        code=short_code(lot_id),
        cooperative_id=commodity.cooperative_id,
        seller_id=offer.seller_id,
        village=offer.village,
        commodity_id=commodity.id,
        commodity_name=commodity.name,
        unit=commodity.unit,
        per=commodity.per,
        grade=offer.grade,
        price=offer.price,
        ready_on=offer.ready_on,
        expires_on=offer.expires_on,
        certificates=sorted(set(offer.certificates)),
        listed_at=at,
        listed=quantity,
        available=quantity,
    )


def _listed(lot: Lot) -> LotListed:
    return LotListed(
        lot_id=lot.id,
        code=lot.code,
        cooperative_id=lot.cooperative_id,
        seller_id=lot.seller_id,
        village=lot.village,
        commodity_id=lot.commodity_id,
        commodity_name=lot.commodity_name,
        unit=lot.unit,
        per=lot.per,
        grade=lot.grade,
        quantity=lot.listed,
        price=lot.price,
        ready_on=lot.ready_on,
        expires_on=lot.expires_on,
        certificates=lot.certificates,
        version=lot.next_version(),
    )
