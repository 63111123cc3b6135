"""One round: what is missing is shared over the lots known now, and every part becomes a share."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.event import Aggregate, Event
from services.cooperative.domain.lines import Line
from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import SPENT
from services.cooperative.domain.windows import Window
from services.cooperative.events import SharingPublished
from services.cooperative.sharing import (
    Batch,
    Demand,
    LineRecord,
    Lot,
    Part,
    Product,
    Record,
    sentences,
    share,
)


@dataclass(frozen=True, slots=True)
class Market:
    """What a window can be shared over, as known now, and whose lots these are."""

    products: Sequence[Product]
    lots: Sequence[Lot]
    sellers: Mapping[UUID, UUID]

    def without(self, spent: Collection[UUID]) -> tuple[Lot, ...]:
        """Its lots, marked where their seller has already said less, no or nothing."""
        return tuple(lot.model_copy(update={"spent": lot.lot_id in spent}) for lot in self.lots)


@dataclass(eq=False, kw_only=True)
class Sharing(Aggregate):
    """One computation: its frozen input, and the record that anyone can check against the published hash."""

    id: UUID
    window_id: UUID
    round: int
    answer_by: datetime
    shared_at: datetime
    batch: dict[str, Any]
    record: dict[str, Any]
    record_hash: str
    previous_hash: str | None
    version: int = 0

    def published(self) -> SharingPublished:
        return SharingPublished(
            sharing_id=self.id,
            version=self.next_version(),
            window_id=self.window_id,
            round=self.round,
            record_hash=self.record_hash,
            previous_hash=self.previous_hash,
        )


@dataclass(frozen=True, slots=True)
class Round:
    """What a new round brings: its sharing, and a share for every part of it."""

    sharing: Sharing
    shares: Sequence[Share]

    def events(self) -> list[Event]:
        return [self.sharing.published(), *(share.hold_wanted() for share in self.shares)]


def next_round(
    window: Window,
    lines: Sequence[Line],
    shares: Sequence[Share],
    market: Market,
    *,
    at: datetime,
    ids: Iterator[UUID],
) -> Round | None:
    """Share what is missing once more; None when nothing is, firm is too near, or no lot is left to ask.

    The first sharing is published even where it gives nothing: its record says why.
    """
    missing = {line: quantity for line in lines if (quantity := line.missing(shares)) > 0}
    answer_by = window.next_answer_by(at)
    if answer_by is None or not missing:
        for line in missing:
            line.out_of_time()
        return None
    opening = _Opening(window, market, at, answer_by, ids)
    batch = opening.batch([line.demand(quantity) for line, quantity in missing.items()], _spent(shares))
    record = share(batch)
    for line in missing:
        line.shared(record.line(line.id))
    if window.round and not any(line.parts for line in record.lines):
        return None
    return opening.round(batch, record)


def _spent(shares: Sequence[Share]) -> set[UUID]:
    return {share.lot_id for share in shares if share.status in SPENT}


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the parts of a new round have in common."""

    window: Window
    market: Market
    at: datetime
    answer_by: datetime
    ids: Iterator[UUID]

    def batch(self, demands: Sequence[Demand], spent: Collection[UUID]) -> Batch:
        return Batch(
            sharing_id=next(self.ids),
            window_id=self.window.id,
            round=self.window.round + 1,
            previous_hash=self.window.record_hash,
            delivery_day=self.window.delivery_day,
            products=tuple(self.market.products),
            demands=tuple(demands),
            lots=self.market.without(spent),
        ).in_order()

    def round(self, batch: Batch, record: Record) -> Round:
        shares = [self._share(record, line, part) for line in record.lines for part in line.parts]
        self.window.open_round(record.hash, self.answer_by if shares else None)
        return Round(self._sharing(batch, record), shares)

    def _sharing(self, batch: Batch, record: Record) -> Sharing:
        return Sharing(
            id=record.sharing_id,
            window_id=record.window_id,
            round=record.round,
            answer_by=self.answer_by,
            shared_at=self.at,
            batch=batch.model_dump(mode="json"),
            record=record.model_dump(mode="json"),
            record_hash=record.hash,
            previous_hash=record.previous_hash,
        )

    def _share(self, record: Record, line: LineRecord, part: Part) -> Share:
        return Share(
            id=next(self.ids),
            window_id=record.window_id,
            sharing_id=record.sharing_id,
            line_id=line.line_id,
            lot_id=part.lot_id,
            lot_code=part.lot_code,
            seller_id=self.market.sellers[part.lot_id],
            village=part.village,
            commodity_name=line.commodity_name,
            unit=line.unit,
            per=line.per,
            step=line.step,
            price=part.price,
            round=record.round,
            wanted=part.quantity,
            answer_by=self.answer_by,
            holds_until=self.window.holds_until,
            delivery_day=self.window.delivery_day,
            time_zone=self.window.time_zone,
            sentences=sentences(record, line.line_id, part.lot_id),
        )
