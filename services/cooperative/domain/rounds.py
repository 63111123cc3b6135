"""One round: a sharing is frozen; once solved and checked it is published, and every part becomes a share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.domain.lines import Line
from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Sharing, SharingStatus
from services.cooperative.domain.windows import Window, WindowStatus
from services.cooperative.sharing import Offer, Solved


def next_sharing(
    window: Window,
    lines: Sequence[Line],
    promised: Mapping[UUID, int],
    last: Sharing | None,
    *,
    at: datetime,
    sharing_id: UUID,
) -> Sharing | None:
    """Share what is missing once more; None when nothing is, the last round is over, or firm is too near.

    `promised`: of each line what its shares may still bring. `last`: the sharing whose answers are in; None
    where everything is shared anew.
    """
    missing = [line for line in lines if line.quantity > promised.get(line.id, 0)]
    if not missing:
        return None
    asked_enough = last is not None and window.rounds_left == 0
    if asked_enough or window.next_answer_by(at) is None:
        _out_of_time(missing)
        return None
    return Sharing(
        id=sharing_id,
        window_id=window.id,
        round=window.round + 1,
        first_id=last.first_id if last else sharing_id,
        frozen_at=at,
        previous_hash=last.record_hash if last else None,
    )


def _out_of_time(missing: Iterable[Line]) -> None:
    for line in missing:
        line.out_of_time()


def conclude(
    sharing: Sharing,
    window: Window,
    lines: Iterable[Line],
    found: Solved | None,
    *,
    at: datetime,
    manager_id: UUID,
) -> list[Event]:
    """Publish a solved sharing, if the verifier let it pass and the window still wants it."""
    if sharing.status is not SharingStatus.FROZEN:
        return []
    stands = window.status is not WindowStatus.CALLED_OFF
    if stands and found is not None and found.complaint is not None:
        return [sharing.hold(found.complaint, window, manager_id)]
    answer_by = window.next_answer_by(at)
    if found is None or answer_by is None:
        sharing.drop()
        return []
    return _publish(sharing, window, lines, found, at, answer_by)


def _publish(
    sharing: Sharing, window: Window, lines: Iterable[Line], found: Solved, at: datetime, answer_by: datetime
) -> list[Event]:
    """The first sharing is published even where it gives nothing: its record says why."""
    for line in lines:
        line.shared(found.short.get(str(line.id)))
    if window.round and not found.pages:
        sharing.drop()
        return []
    window.open_round(found.record_hash, answer_by if found.pages else None)
    return [sharing.publish(found, at=at, answer_by=answer_by)]


def shares_of(
    sharing: Sharing, window: Window, lines: Iterable[Line], offers: Iterable[Offer], ids: Iterator[UUID]
) -> list[Share]:
    """What a part of a published sharing asks of sellers."""
    ordered = {line.id: line for line in lines}
    return [_share(sharing, window, ordered[offer.line_id], offer, next(ids)) for offer in offers]


def _share(sharing: Sharing, window: Window, line: Line, offer: Offer, share_id: UUID) -> Share:
    if sharing.answer_by is None:
        raise ValueError("only a published sharing asks anybody")
    return Share(
        id=share_id,
        window_id=window.id,
        sharing_id=sharing.id,
        line_id=line.id,
        lot_id=offer.lot_id,
        lot_frozen=offer.lot_frozen,
        lot_code=offer.lot_code,
        seller_id=offer.seller_id,
        village=offer.village,
        commodity_name=line.commodity_name,
        unit=line.unit,
        per=line.per,
        step=offer.step,
        price=offer.price,
        round=sharing.round,
        wanted=offer.quantity,
        answer_by=sharing.answer_by,
        holds_until=window.holds_until,
        delivery_day=window.delivery_day,
        time_zone=window.time_zone,
        sentences=dict(offer.sentences),
    )
