"""What cooperatives, windows, sharings, shares and lines are, and what may happen to them. Plain Python."""

from services.cooperative.domain.answers import Answer
from services.cooperative.domain.board import AGREED, Tallied, VillagePart, VillageSum, village_sums
from services.cooperative.domain.books import check_digest
from services.cooperative.domain.changes import changes
from services.cooperative.domain.closing import (
    become_firm,
    close_shares,
    collect,
    collect_lines,
    round_over,
    settle,
)
from services.cooperative.domain.collected import BroughtLot, Less, Part, Promised
from services.cooperative.domain.credits import Entry, Missed, Misses, missed, not_committed, prevented
from services.cooperative.domain.freezing import Frozen, NotFrozen, freeze
from services.cooperative.domain.left_out import leave_out, never_comes
from services.cooperative.domain.lines import BookedOrder, Line, take_book, worth
from services.cooperative.domain.market import Carried, Good, KnownLot, Market, Wish
from services.cooperative.domain.picking import Pick, PickedLot, PickedVillage, PickList, pick_list
from services.cooperative.domain.plans import WindowPlan
from services.cooperative.domain.points import Collection, Planned, Point, collections_of
from services.cooperative.domain.policy import Policy
from services.cooperative.domain.registry import Commodity, Cooperative, Member, Role, Village, VillageCosts
from services.cooperative.domain.rounds import conclude, next_sharing, shares_of
from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Sharing, SharingStatus
from services.cooperative.domain.statuses import AWAITED, BROUGHT, LIVE, PENDING, STANDING, ShareStatus
from services.cooperative.domain.taken import Correction, LotsTold
from services.cooperative.domain.weigh_ins import Merged, Said, WeighIn, merged
from services.cooperative.domain.weighings import Judged, Weighing, begun, decide, judge
from services.cooperative.domain.windows import Window, WindowStatus

__all__ = [
    "AGREED",
    "AWAITED",
    "BROUGHT",
    "LIVE",
    "PENDING",
    "STANDING",
    "Answer",
    "BookedOrder",
    "BroughtLot",
    "Carried",
    "Collection",
    "Commodity",
    "Cooperative",
    "Correction",
    "Entry",
    "Frozen",
    "Good",
    "Judged",
    "KnownLot",
    "Less",
    "Line",
    "LotsTold",
    "Market",
    "Member",
    "Merged",
    "Missed",
    "Misses",
    "NotFrozen",
    "Part",
    "Pick",
    "PickList",
    "PickedLot",
    "PickedVillage",
    "Planned",
    "Point",
    "Policy",
    "Promised",
    "Role",
    "Said",
    "Share",
    "ShareStatus",
    "Sharing",
    "SharingStatus",
    "Tallied",
    "Village",
    "VillageCosts",
    "VillagePart",
    "VillageSum",
    "WeighIn",
    "Weighing",
    "Window",
    "WindowPlan",
    "WindowStatus",
    "Wish",
    "become_firm",
    "begun",
    "changes",
    "check_digest",
    "close_shares",
    "collect",
    "collect_lines",
    "collections_of",
    "conclude",
    "decide",
    "freeze",
    "judge",
    "leave_out",
    "merged",
    "missed",
    "never_comes",
    "next_sharing",
    "not_committed",
    "pick_list",
    "prevented",
    "round_over",
    "settle",
    "shares_of",
    "take_book",
    "village_sums",
    "worth",
]
