"""What cooperatives, windows, sharings, shares and lines are, and what may happen to them. Plain Python."""

from services.cooperative.domain.answers import Answer
from services.cooperative.domain.board import AGREED, Tallied, VillagePart, VillageSum, village_sums
from services.cooperative.domain.books import check_digest
from services.cooperative.domain.changes import changes
from services.cooperative.domain.closing import become_firm, close_shares, round_over, settle
from services.cooperative.domain.credits import Entry, Missed, Misses, missed, not_committed, prevented
from services.cooperative.domain.freezing import Frozen, NotFrozen, freeze
from services.cooperative.domain.left_out import leave_out, never_comes
from services.cooperative.domain.lines import BookedOrder, Line, take_book
from services.cooperative.domain.market import Carried, Good, KnownLot, Market, Wish
from services.cooperative.domain.picking import Pick, PickedLot, PickedVillage, PickList, pick_list
from services.cooperative.domain.points import Collection, Planned, Point, collections_of
from services.cooperative.domain.policy import Policy
from services.cooperative.domain.registry import Commodity, Cooperative, Member, Role, Village, VillageCosts
from services.cooperative.domain.rounds import conclude, next_sharing, shares_of
from services.cooperative.domain.shares import Share
from services.cooperative.domain.sharings import Sharing, SharingStatus
from services.cooperative.domain.statuses import AWAITED, LIVE, PENDING, STANDING, ShareStatus
from services.cooperative.domain.taken import Correction, LotsTold
from services.cooperative.domain.windows import Window, WindowStatus

__all__ = [
    "AGREED",
    "AWAITED",
    "LIVE",
    "PENDING",
    "STANDING",
    "Answer",
    "BookedOrder",
    "Carried",
    "Collection",
    "Commodity",
    "Cooperative",
    "Correction",
    "Entry",
    "Frozen",
    "Good",
    "KnownLot",
    "Line",
    "LotsTold",
    "Market",
    "Member",
    "Missed",
    "Misses",
    "NotFrozen",
    "Pick",
    "PickList",
    "PickedLot",
    "PickedVillage",
    "Planned",
    "Point",
    "Policy",
    "Role",
    "Share",
    "ShareStatus",
    "Sharing",
    "SharingStatus",
    "Tallied",
    "Village",
    "VillageCosts",
    "VillagePart",
    "VillageSum",
    "Window",
    "WindowStatus",
    "Wish",
    "become_firm",
    "changes",
    "check_digest",
    "close_shares",
    "collections_of",
    "conclude",
    "freeze",
    "leave_out",
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
]
