"""What a seller himself took off his lot after it was frozen, and how much less catalog set aside because of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.cooperative.domain.shares import Share


@dataclass(frozen=True, slots=True)
class Correction:
    """With this version of the lot so much more was in it; below zero its seller took it off, or withdrew it."""

    lot_id: UUID
    version: int
    change: int


@dataclass(frozen=True, slots=True)
class LotsTold:
    """What happened to lots: what sellers corrected, and the shares of any window of which catalog held less."""

    corrections: Sequence[Correction]
    short: Sequence[Share]

    def by_lot(self) -> dict[UUID, "LotsTold"]:
        corrections, short = defaultdict(list), defaultdict(list)
        for correction in self.corrections:
            corrections[correction.lot_id].append(correction)
        for share in self.short:
            short[share.lot_id].append(share)
        return {lot_id: LotsTold(corrections[lot_id], short[lot_id]) for lot_id in short}


def taken_off(short: Iterable[Share], lots: LotsTold) -> Mapping[UUID, int]:
    """By share, how much of what was not set aside its own seller had taken off since the freeze.

    Only the lot's versions say what was first: the order in which this service heard of it changes nothing.
    """
    wanted, told = list(short), lots.by_lot()
    places = {(share.lot_id, share.lot_frozen) for share in wanted}
    own = {place: _of_lot(told.get(place[0]), since=place[1]) for place in places}
    return {
        share.id: own[share.lot_id, share.lot_frozen].get(share.id, _before_versions(share))
        for share in wanted
    }


def _of_lot(lot: LotsTold | None, since: int | None) -> dict[UUID, int]:
    """What each share, in catalog's order, would have been given more had nothing been taken off `since`.

    What one share would have been given more is gone for the next; released meanwhile or not, it counts once.
    """
    found: dict[UUID, int] = {}
    if lot is None or since is None:
        return found
    counted = 0
    for share in sorted(lot.short, key=lambda one: one.lot_answered or 0):
        answered = share.lot_answered or 0
        if answered > since:
            changed = sum(one.change for one in lot.corrections if since < one.version < answered)
            there = max(0, -changed) + share.withheld - counted
            found[share.id] = max(0, min(share.wanted - share.held, there))
            counted += found[share.id]
    return found


def _before_versions(share: Share) -> int:
    """Of a share whose lot's versions were not kept yet only a withdrawal is known."""
    return share.wanted if share.lot_frozen is None and share.ended_by == "WITHDRAWN" else 0
