"""What the manager's board adds up: per village what was offered, given, accepted and committed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import STANDING, ShareStatus
from services.cooperative.sharing import LotRecord, Record

ACCEPTED = STANDING | {ShareStatus.COMMITTING, ShareStatus.COMMITTED}


@dataclass
class VillageSum:
    """One village and commodity. `offered` is what its lots had when first shared; `reasons` count its lots."""

    village: str
    commodity_id: UUID
    lots: int = 0
    offered: int = 0
    given: int = 0
    held: int = 0
    accepted: int = 0
    committed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def village_sums(records: Iterable[Record], shares: Iterable[Share]) -> list[VillageSum]:
    """Why one village got more than another: the numbers of all rounds, and the reasons of the first."""
    records = list(records)
    first = _first_seen(records)
    commodity = {line.line_id: line.commodity_id for record in records for line in record.lines}
    sums: dict[tuple[str, UUID], VillageSum] = {}
    for lot in first:
        _count_lot(
            sums.setdefault((lot.village, lot.commodity_id), VillageSum(lot.village, lot.commodity_id)), lot
        )
    for share in shares:
        _count_share(sums[share.village, commodity[share.line_id]], share)
    return [sums[key] for key in sorted(sums)]


def _first_seen(records: Sequence[Record]) -> list[LotRecord]:
    found: dict[UUID, LotRecord] = {}
    for record in records:
        found |= {lot.lot_id: lot for lot in record.lots if lot.lot_id not in found}
    return list(found.values())


def _count_lot(total: VillageSum, lot: LotRecord) -> None:
    total.lots += 1
    total.offered += lot.available
    total.reasons[lot.reason] += 1


def _count_share(total: VillageSum, share: Share) -> None:
    total.given += share.wanted
    total.held += share.held
    total.accepted += share.quantity if share.status in ACCEPTED else 0
    total.committed += share.quantity if share.status is ShareStatus.COMMITTED else 0
