"""What others kept a seller from giving: it is no refusal of his, and comes back as a separate entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.cooperative.domain.lines import Line
from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import ShareStatus

SHARING = "SHARING"
NOT_HELD = "NOT_HELD", "TOO_LATE_HELD"


@dataclass(frozen=True, slots=True)
class Entry:
    """So much more (or less) credit for a seller in one commodity, and why."""

    seller_id: UUID
    commodity_id: UUID
    share_id: UUID
    amount: int
    reason: str


def prevented(commodities: Mapping[UUID, UUID], shares: Iterable[Share], since: int) -> Iterator[Entry]:
    """What catalog did not set aside, or not in time. Rounds before `since` are in no record that counts.

    `commodities`: of each order line.
    """
    for share in shares:
        if share.round >= since and (amount := _not_held(share)):
            reason = share.ended_by if share.ended_by in NOT_HELD else NOT_HELD[0]
            yield Entry(share.seller_id, commodities[share.line_id], share.id, amount, reason)


def _not_held(share: Share) -> int:
    """What the sharing gave and catalog did not set aside in time; of a window called off nothing counts.

    What a seller withdrew after the freeze is his own refusal.
    """
    if share.ended_by in ("CALLED_OFF", "WITHDRAWN") or share.status is ShareStatus.WANTED:
        return 0
    return share.wanted if share.ended_by in NOT_HELD else share.wanted - share.held


def not_committed(line: Line, share: Share, standing: int) -> Iterator[Entry]:
    """What stood when the window became firm, and catalog could not commit."""
    if amount := standing - share.quantity:
        yield Entry(share.seller_id, line.commodity_id, share.id, amount, "NOT_COMMITTED")
