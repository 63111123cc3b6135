"""The pick list of a firm window: who brings which lot to which point, how much, and for whose order lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.chassis.codes import short_code
from services.chassis.wording import both, moment
from services.cooperative.domain.points import Collection
from services.cooperative.domain.refusals import NotFirmYet
from services.cooperative.domain.windows import Window, WindowStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A commitment, with the names that people go by: so much of one lot for one order line."""

    share_id: UUID
    village: str
    lot_id: UUID
    lot_code: str
    seller_name: str | None
    commodity_name: str
    grade: str | None
    expires_on: date | None
    unit: str
    line_id: UUID
    order_id: UUID
    quantity: int

    @property
    def order_code(self) -> str:
        return short_code(self.order_id)


@dataclass(frozen=True, slots=True)
class PickedLot:
    """All that one seller brings of one lot: the lot is weighed whole."""

    picks: Sequence[Pick]

    @property
    def first(self) -> Pick:
        return self.picks[0]

    @property
    def quantity(self) -> int:
        return sum(pick.quantity for pick in self.picks)


@dataclass(frozen=True, slots=True)
class PickedVillage:
    """What one village brings, and where to; None where the window names no point for it."""

    village: str
    name: str
    collection: Collection | None
    lots: Sequence[PickedLot] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PickList:
    """`complete`: nothing more can come to it, as catalog has answered every commitment."""

    window: Window
    complete: bool
    villages: Sequence[PickedVillage]


def pick_list(
    window: Window,
    picks: Iterable[Pick],
    collections: Iterable[Collection],
    names: Mapping[str, str],
    *,
    complete: bool,
) -> PickList:
    """By village, then by lot; `names`: of villages, by their codes."""
    window.check_stands()
    if window.status is not WindowStatus.FIRM:
        raise NotFirmYet(window=window.code, firm_at=both(moment, window.firm_at, window.time_zone))
    points = {collection.village: collection for collection in collections}
    lots: dict[str, dict[UUID, list[Pick]]] = {}
    for pick in picks:
        lots.setdefault(pick.village, {}).setdefault(pick.lot_id, []).append(pick)
    villages = [
        PickedVillage(
            village, names.get(village, village), points.get(village), [PickedLot(own) for own in of.values()]
        )
        for village, of in sorted(lots.items())
    ]
    return PickList(window, complete, villages)
