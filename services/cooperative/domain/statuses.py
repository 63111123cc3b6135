"""Where a share stands, and what each answer makes of it."""

from enum import StrEnum

from services.cooperative.domain.answers import Answer


class ShareStatus(StrEnum):
    WANTED = "wanted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REDUCED = "reduced"
    DECLINED = "declined"
    LAPSED = "lapsed"
    COMMITTING = "committing"
    COMMITTED = "committed"
    COLLECTED = "collected"
    ENDED = "ended"


OF_ANSWER = {
    Answer.YES: ShareStatus.ACCEPTED,
    Answer.LESS: ShareStatus.REDUCED,
    Answer.NO: ShareStatus.DECLINED,
}
AWAITED = frozenset({ShareStatus.WANTED, ShareStatus.OFFERED})
STANDING = frozenset({ShareStatus.ACCEPTED, ShareStatus.REDUCED})
ASKED = frozenset({ShareStatus.OFFERED, ShareStatus.DECLINED}) | STANDING
LIVE = AWAITED | STANDING | {ShareStatus.DECLINED}
BROUGHT = frozenset({ShareStatus.COMMITTED, ShareStatus.COLLECTED})
"""What catalog made final: `quantity` of it, of which at the weighing so much was `collected`."""
PENDING = STANDING | {ShareStatus.COMMITTING}
"""Of a firm window: what may still come to its line."""
