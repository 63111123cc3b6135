"""How a round ends, and how a window becomes firm."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.domain.collected import BroughtLot
from services.cooperative.domain.lines import Line, by_line
from services.cooperative.domain.shares import Share
from services.cooperative.domain.weighings import Weighing
from services.cooperative.domain.windows import Window, WindowStatus


def round_over(window: Window, at: datetime, *, awaited: bool) -> bool:
    """Whether the open round, if there is one, ends now: at its time, or when nobody is awaited any more."""
    return window.asks_until is not None and (at >= window.asks_until or not awaited)


def close_shares(shares: Iterable[Share]) -> list[Event]:
    """What stands stays as it is; the rest lapses, ends and is released."""
    return [fact for share in shares for fact in share.close_round()]


def become_firm(window: Window, shares: Sequence[Share]) -> list[Event]:
    """Answers change nothing any more: an open round closes, and what stands is to be committed."""
    window.become_firm()
    return close_shares(shares) + [fact for share in shares for fact in share.commit()]


def settle(
    window: Window, lines: Iterable[Line], shares: Sequence[Share], names: Mapping[str, str]
) -> list[Event]:
    """Once firm, every line whose commitments are all in is filled or short."""
    if window.status is not WindowStatus.FIRM:
        return []
    own = by_line(shares)
    settled = ((line, own[line.id]) for line in lines)
    return [fact for line, of in settled for fact in (*line.settle(of, names), *line.collect(of, names))]


def collect(weighing: Weighing, lot: BroughtLot, shares: Mapping[UUID, Share], weighed: int) -> list[Event]:
    """Catalog has counted a weighing: each share gets its part; nothing where it was weighed anew meanwhile."""
    if weighed != weighing.version or weighing.answered >= weighed:
        return []
    weighing.answered = weighed
    permille = lot.price_permille(weighing.said)
    parts = lot.parts(weighing.said)
    return [fact for part in parts for fact in shares[part.promised.share_id].collect(part, permille)]


def collect_lines(lines: Iterable[Line], shares: Sequence[Share], names: Mapping[str, str]) -> list[Event]:
    """Lines whose lots are all weighed are told what of them is there."""
    return [fact for line in lines for fact in line.collect(shares, names)]
