"""What cooperatives, windows, sharings, shares and lines are, and what may happen to them. Plain Python."""

from services.cooperative.domain.answers import Answer
from services.cooperative.domain.lines import Line
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
    "next_round",
]
