"""One round: a sharing is frozen; once solved and checked it is published, and every part becomes a share."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.domain.lines import Line, by_line
from services.cooperative.domain.registry import Commodity
from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Known, Sharing, SharingStatus
from services.cooperative.domain.windows import Window
from services.cooperative.sharing import Offer, Solved


@dataclass(frozen=True, slots=True)
class Round:
    """What a new round brings: its sharing, and a share for every part of it."""

    sharing: Sharing
    shares: Sequence[Share]

    def events(self) -> list[Event]:
        return [self.sharing.published(), *(share.hold_wanted() for share in self.shares)]


def next_sharing(
    window: Window,
    lines: Sequence[Line],
    shares: Sequence[Share],
    last: Sharing | None,
    *,
    at: datetime,
    sharing_id: UUID,
) -> Sharing | None:
    """Share what is missing once more; None when nothing is, or firm is too near."""
    own = by_line(shares)
    missing = [line for line in lines if line.missing(own[line.id]) > 0]
    if not missing or _too_late(window, missing, at):
        return None
    if unheard(shares):
        last = None
    return Sharing(
        id=sharing_id,
        window_id=window.id,
        round=window.round + 1,
        first_id=last.first_id if last else sharing_id,
        frozen_at=at,
        previous_hash=last.record_hash if last else None,
    )


def unheard(shares: Sequence[Share]) -> bool:
    """Whether catalog answered nothing at all: then everything is shared anew, on stock as it is known now."""
    return all(share.ended_by == "TOO_LATE_HELD" for share in shares)


def _too_late(window: Window, missing: Sequence[Line], at: datetime) -> bool:
    if window.next_answer_by(at) is not None:
        return False
    for line in missing:
        line.out_of_time()
    return True


@dataclass(frozen=True, slots=True)
class Opening:
    """A solved sharing, and all that its round depends on."""

    sharing: Sharing
    window: Window
    lines: Sequence[Line]
    commodities: Sequence[Commodity]
    known: Known
    at: datetime
    ids: Iterator[UUID]

    def open(self, found: Solved | None) -> Round | None:
        """Publish it, if the verifier let it pass and the window still wants it.

        The first sharing is published even where it gives nothing: its record says why.
        """
        if self.sharing.status is not SharingStatus.FROZEN:
            return None
        if found is not None and found.complaint is not None:
            self.sharing.hold(found.complaint)
            return None
        answer_by = self.window.next_answer_by(self.at)
        if found is None or answer_by is None or not self._news(found):
            self.sharing.drop()
            return None
        self.sharing.publish(found.record_hash, at=self.at, answer_by=answer_by)
        self.sharing.villages = [asdict(one) for one in found.villages]
        self.window.open_round(found.record_hash, answer_by if found.offers else None)
        return Round(self.sharing, self._shares(found, answer_by))

    def _news(self, found: Solved) -> bool:
        """Remember why lines are short, and answer whether there is anything to publish."""
        reasons = {self.known.lines[demand]: reason for demand, reason in found.short.items()}
        for line in self.lines:
            line.shared(reasons.get(line.id))
        return not self.window.round or bool(found.offers)

    def _shares(self, found: Solved, answer_by: datetime) -> list[Share]:
        lines = {line.id: line for line in self.lines}
        steps = {one.id: one.step for one in self.commodities}
        made = []
        for offer in found.offers:
            line = lines[self.known.lines[offer.demand]]
            made.append(self._share(offer, line, steps[line.commodity_id], answer_by))
        return made

    def _share(self, offer: Offer, line: Line, step: int, answer_by: datetime) -> Share:
        lot = self.known.lots[offer.lot]
        return Share(
            id=next(self.ids),
            window_id=self.window.id,
            sharing_id=self.sharing.id,
            line_id=line.id,
            lot_id=lot.lot_id,
            lot_code=lot.lot_code,
            seller_id=lot.seller_id,
            village=lot.village,
            commodity_name=line.commodity_name,
            unit=line.unit,
            per=line.per,
            step=step,
            price=offer.price,
            round=self.sharing.round,
            wanted=offer.quantity,
            answer_by=answer_by,
            holds_until=self.window.holds_until,
            delivery_day=self.window.delivery_day,
            time_zone=self.window.time_zone,
            sentences=dict(offer.sentences),
        )
