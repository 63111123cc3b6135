"""What others kept a seller from giving: it is no refusal of his, and comes back as a separate entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.cooperative.domain.lines import Line
from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import ShareStatus
from services.cooperative.domain.taken import LotsTold, taken_off

SHARING = "SHARING"
NOT_HELD, TOO_LATE_HELD = "NOT_HELD", "TOO_LATE_HELD"


@dataclass(frozen=True, slots=True)
class Entry:
    """So much more (or less) credit for a seller in one commodity, and why."""

    seller_id: UUID
    commodity_id: UUID
    share_id: UUID
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class Missed:
    """What the sharing gave and catalog did not set aside.

    `own`: the seller had taken it off. `gone`: others held it first. `late`: catalog did not answer in time.
    """

    own: int = 0
    gone: int = 0
    late: int = 0

    @classmethod
    def of(cls, share: Share, own: int) -> "Missed":
        """`own` as `taken_off` has it. Of a window called off nothing counts, nor of a share still on its way."""
        if share.ended_by == "CALLED_OFF" or share.status is ShareStatus.WANTED:
            return cls()
        if share.ended_by == TOO_LATE_HELD:
            return cls(late=share.wanted)
        return cls(own=own, gone=share.wanted - share.held - own)


Misses = Sequence[tuple[Share, Missed]]


def missed(short: Sequence[Share], lots: LotsTold, since: int) -> Misses:
    """Of each share that was held less what it missed. Rounds before `since` are in no record that counts."""
    own = taken_off(short, lots)
    return [(share, Missed.of(share, own[share.id])) for share in short if share.round >= since]


def prevented(commodities: Mapping[UUID, UUID], misses: Misses) -> Iterator[Entry]:
    """What others prevented; what a seller took off after the freeze is his own refusal.

    `commodities`: of each order line.
    """
    for share, one in misses:
        for reason, amount in ((NOT_HELD, one.gone), (TOO_LATE_HELD, one.late)):
            if amount:
                yield Entry(share.seller_id, commodities[share.line_id], share.id, amount, reason)


def not_committed(line: Line, share: Share, standing: int) -> Iterator[Entry]:
    """What stood when the window became firm, and catalog could not commit."""
    if amount := standing - share.quantity:
        yield Entry(share.seller_id, line.commodity_id, share.id, amount, "NOT_COMMITTED")
