"""What others kept a seller from giving: it is no refusal of his, and comes back as a separate entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from services.cooperative.domain.lines import Line
from services.cooperative.domain.shares import Share

SHARING = "SHARING"


@dataclass(frozen=True, slots=True)
class Entry:
    """So much more (or less) credit for a seller in one commodity, and why."""

    seller_id: UUID
    commodity_id: UUID
    share_id: UUID
    amount: int
    reason: str


def prevented(lines: Iterable[Line], shares: Iterable[Share], since: int) -> Iterator[Entry]:
    """What catalog did not set aside, or not in time. Rounds before `since` are in no record that counts."""
    commodity = {line.id: line.commodity_id for line in lines}
    for share in shares:
        if share.round >= since and (amount := share.not_held):
            reason = share.ended_by if share.ended_by in ("NOT_HELD", "TOO_LATE_HELD") else "NOT_HELD"
            yield Entry(share.seller_id, commodity[share.line_id], share.id, amount, reason)


def not_committed(line: Line, share: Share, standing: int) -> Iterator[Entry]:
    """What stood when the window became firm, and catalog could not commit."""
    if amount := standing - share.quantity:
        yield Entry(share.seller_id, line.commodity_id, share.id, amount, "NOT_COMMITTED")
