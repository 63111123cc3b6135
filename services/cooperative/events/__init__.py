"""Facts that cooperative publishes, and the fields it reads of others' facts."""

from services.cooperative.events.commodities import CommodityListed, SellingUnit
from services.cooperative.events.lines import LineFilled, LineShort, VillagePart
from services.cooperative.events.lots import (
    HoldExpired,
    HoldRefused,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    StockCommitted,
    StockHeld,
    StockReleased,
)
from services.cooperative.events.orders import (
    BookClosed,
    BookedOrder,
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderLeftOut,
    OrderPlaced,
)
from services.cooperative.events.shares import (
    CommitWanted,
    HoldWanted,
    ReleaseWanted,
    Sentences,
    ShareAnswered,
    ShareChanged,
    ShareCommitted,
    ShareLapsed,
    ShareOffered,
    SharingPublished,
)
from services.cooperative.events.windows import WindowAnnounced, WindowCalledOff

__all__ = [
    "BookClosed",
    "BookedOrder",
    "CommitWanted",
    "CommodityListed",
    "HoldExpired",
    "HoldRefused",
    "HoldWanted",
    "LineFilled",
    "LineShort",
    "LotCorrected",
    "LotListed",
    "LotRepriced",
    "LotWithdrawn",
    "OrderCancelled",
    "OrderChanged",
    "OrderLeftOut",
    "OrderPlaced",
    "OrderedLine",
    "ReleaseWanted",
    "SellingUnit",
    "Sentences",
    "ShareAnswered",
    "ShareChanged",
    "ShareCommitted",
    "ShareLapsed",
    "ShareOffered",
    "SharingPublished",
    "StockCommitted",
    "StockHeld",
    "StockReleased",
    "VillagePart",
    "WindowAnnounced",
    "WindowCalledOff",
]
