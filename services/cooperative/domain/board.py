"""What the manager's board adds up: per village what was offered, given, accepted and committed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Sharing
from services.cooperative.domain.statuses import STANDING, ShareStatus

ACCEPTED = STANDING | {ShareStatus.COMMITTING, ShareStatus.COMMITTED}


@dataclass
class VillageSum:
    """One village and commodity. `offered` is what its lots had when first shared; `reasons` count its lots."""

    village: str
    commodity_id: UUID
    lots: int = 0
    offered: int = 0
    hak: int = 0
    credit: int = 0
    given: int = 0
    held: int = 0
    accepted: int = 0
    committed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def village_sums(
    sharings: Sequence[Sharing],
    shares: Iterable[Share],
    commodities: Mapping[UUID, UUID],
    named: Mapping[str, UUID],
) -> list[VillageSum]:
    """Why one village got more than another: the numbers of all rounds, and the reasons of the first.

    `commodities`: of each order line; `named`: commodities by name.
    """
    sums: dict[tuple[str, UUID], VillageSum] = {}
    published = [sharing for sharing in sharings if sharing.villages]
    for told in published[0].villages if published else ():
        key = told["village"], named[told["commodity"]]
        first = {name: told[name] for name in ("lots", "offered", "hak", "credit")}
        sums[key] = VillageSum(*key, **first, reasons=Counter(told["reasons"]))
    for share in shares:
        key = share.village, commodities[share.line_id]
        _count_share(sums.setdefault(key, VillageSum(*key)), share)
    return [sums[key] for key in sorted(sums)]


def _count_share(total: VillageSum, share: Share) -> None:
    total.given += share.wanted
    total.held += share.held
    total.accepted += share.quantity if share.status in ACCEPTED else 0
    total.committed += share.quantity if share.status is ShareStatus.COMMITTED else 0
