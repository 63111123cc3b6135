"""What cooperatives, windows, sharings, shares and lines are, and what may happen to them. Plain Python."""

from services.cooperative.domain.answers import Answer
from services.cooperative.domain.books import check_digest
from services.cooperative.domain.closing import become_firm, close_round, round_over, settle
from services.cooperative.domain.left_out import leave_out, never_comes
from services.cooperative.domain.lines import BookedOrder, Line, take_book
from services.cooperative.domain.registry import Commodity, Cooperative, Member, Role, Village
from services.cooperative.domain.rounds import Market, Round, Sharing, next_round
from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import AWAITED, LIVE, STANDING, ShareStatus
from services.cooperative.domain.windows import Window, WindowStatus

__all__ = [
    "AWAITED",
    "LIVE",
    "STANDING",
    "Answer",
    "BookedOrder",
    "Commodity",
    "Cooperative",
    "Line",
    "Market",
    "Member",
    "Role",
    "Round",
    "Share",
    "ShareStatus",
    "Sharing",
    "Village",
    "Window",
    "WindowStatus",
    "become_firm",
    "check_digest",
    "close_round",
    "leave_out",
    "never_comes",
    "next_round",
    "round_over",
    "settle",
    "take_book",
]
