"""What cooperatives, windows, sharings, shares and lines are, and what may happen to them. Plain Python."""

from services.cooperative.domain.answers import Answer
from services.cooperative.domain.books import check_digest
from services.cooperative.domain.changes import changes
from services.cooperative.domain.closing import become_firm, close_round, round_over, settle
from services.cooperative.domain.credits import Entry, not_committed, prevented
from services.cooperative.domain.freezing import Carried, Frozen, KnownLot, Market, freeze
from services.cooperative.domain.lines import BookedOrder, Line, take_book
from services.cooperative.domain.policy import Policy
from services.cooperative.domain.registry import Commodity, Cooperative, Member, Role, Village
from services.cooperative.domain.rounds import Opening, Round, next_sharing, unheard
from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Known, Sharing, SharingStatus
from services.cooperative.domain.statuses import AWAITED, LIVE, STANDING, ShareStatus
from services.cooperative.domain.windows import Window, WindowStatus

__all__ = [
    "AWAITED",
    "LIVE",
    "STANDING",
    "Answer",
    "BookedOrder",
    "Carried",
    "Commodity",
    "Cooperative",
    "Entry",
    "Frozen",
    "Known",
    "KnownLot",
    "Line",
    "Market",
    "Member",
    "Opening",
    "Policy",
    "Role",
    "Round",
    "Share",
    "ShareStatus",
    "Sharing",
    "SharingStatus",
    "Village",
    "Window",
    "WindowStatus",
    "become_firm",
    "changes",
    "check_digest",
    "close_round",
    "freeze",
    "next_sharing",
    "not_committed",
    "prevented",
    "round_over",
    "settle",
    "take_book",
    "unheard",
]
