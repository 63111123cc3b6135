"""A lot at its collection point: what counts of all that was weighed of it for one window."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.chassis.event import Aggregate
from services.chassis.problem import Refused
from services.chassis.wording import both, moment
from services.cooperative.domain.collected import BroughtLot
from services.cooperative.domain.refusals import LotNotCommitted, NotFirmYet, TwoLotsOneCode
from services.cooperative.domain.weigh_ins import Said, WeighIn, merged
from services.cooperative.domain.windows import Window, WindowStatus
from services.cooperative.events import LotWeighed


@dataclass(eq=False, kw_only=True)
class Weighing(Aggregate):
    """`counts`: the entry that does. `conflict`: another says otherwise, and the manager has not spoken.

    `net` was weighed: `waiting` for the truck, `returned` to the seller, or `rejected`. `answered`: the version
    that catalog has counted.
    """

    id: UUID
    window_id: UUID
    lot_id: UUID
    lot_code: str
    village: str
    unit: str
    committed: int
    net: int = 0
    grade: str | None = None
    is_rejected: bool = False
    waiting: int = 0
    returned: int = 0
    rejected: int = 0
    counts: UUID | None = None
    conflict: bool = False
    answered: int = 0
    version: int = 0

    @property
    def said(self) -> Said:
        return Said(self.net, self.grade, self.is_rejected)

    def weigh(self, entries: Iterable[WeighIn], lot: BroughtLot) -> list[LotWeighed]:
        """All that is known of it; told where what counts now says something else than before."""
        found = merged(entries)
        if found is None:
            return []
        news = self.counts is None or found.counts.said != self.said
        self.conflict, self.counts = found.conflict, found.counts.id
        if not news:
            return []
        self.net, self.grade, self.is_rejected = found.counts.said
        self._place(lot)
        return [self._weighed(found.counts, lot)]

    def _place(self, lot: BroughtLot) -> None:
        """What is above what buyers take goes back to the seller: nobody has asked for it."""
        self.waiting = sum(part.quantity for part in lot.parts(self.said))
        self.rejected = self.net if self.is_rejected else 0
        self.returned = self.net - self.waiting - self.rejected

    def _weighed(self, entry: WeighIn, lot: BroughtLot) -> LotWeighed:
        return LotWeighed(
            weighing_id=self.id,
            version=self.next_version(),
            window_id=self.window_id,
            lot_id=self.lot_id,
            lot_code=self.lot_code,
            seller_id=lot.seller_id,
            village=self.village,
            commodity_name=lot.commodity_name,
            unit=self.unit,
            shares=tuple(share.share_id for share in lot.shares),
            committed=self.committed,
            gross=entry.gross,
            tare=entry.tare,
            net=self.net,
            listed_grade=lot.grade,
            grade=self.grade,
            price_permille=lot.price_permille(self.said),
            reason=entry.reason,
            waiting=self.waiting,
            returned=self.returned,
            rejected=self.rejected,
            weighed_at=entry.at,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry, and the lot that it is of; or why it counts nothing."""

    entry: WeighIn
    lot: BroughtLot | None
    refusal: Refused | None = None


def judge(window: Window, lots: Iterable[BroughtLot], entries: Iterable[WeighIn]) -> list[Judged]:
    """Each entry for itself: one that is refused holds up no other, and is kept with its reason."""
    by_code: dict[str, list[BroughtLot]] = {}
    for lot in lots:
        by_code.setdefault(lot.code, []).append(lot)
    return [_judged(window, by_code.get(entry.lot_code, []), entry) for entry in entries]


def _judged(window: Window, named: list[BroughtLot], entry: WeighIn) -> Judged:
    try:
        lot = _named(window, named, entry.lot_code)
        lot.check(entry.said, entry.reason)
    except Refused as refusal:
        entry.refused_by = refusal.code
        return Judged(entry, None, refusal)
    entry.lot_id = lot.lot_id
    return Judged(entry, lot)


def decide(window: Window, lot: BroughtLot, entry: WeighIn) -> None:
    """The manager's word on a lot that he names by its id."""
    _named(window, [lot], lot.code).check(entry.said, entry.reason)
    entry.lot_id = lot.lot_id


def _named(window: Window, named: list[BroughtLot], code: str) -> BroughtLot:
    window.check_stands()
    if window.status is not WindowStatus.FIRM:
        raise NotFirmYet(window=window.code, firm_at=both(moment, window.firm_at, window.time_zone))
    if not named:
        raise LotNotCommitted(code=code, window=window.code)
    if len(named) > 1:
        raise TwoLotsOneCode(code=code)
    return named[0]


def begun(weighing_id: UUID, window_id: UUID, lot: BroughtLot) -> Weighing:
    """Nothing was weighed of the lot yet."""
    return Weighing(
        id=weighing_id,
        window_id=window_id,
        lot_id=lot.lot_id,
        lot_code=lot.code,
        village=lot.village,
        unit=lot.unit,
        committed=lot.committed,
    )
