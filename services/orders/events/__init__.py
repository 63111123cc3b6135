"""Facts that orders publishes, and the fields it reads of others' facts, by what they are about."""

from services.orders.events.books import BookClosed, BookedOrder
from services.orders.events.lines import LineCollected, LineFilled, LineShort, Outcome, VillagePart
from services.orders.events.lots import (
    HoldExpired,
    LotCorrected,
    LotListed,
    LotRepriced,
    LotWithdrawn,
    StockCommitted,
    StockHeld,
    StockReleased,
    StockTold,
)
from services.orders.events.orders import (
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderEndedShort,
    OrderLeftOut,
    OrderPlaced,
    OrderWaiting,
    OrderWithdrawn,
    TooSmall,
    WindowJoined,
)
from services.orders.events.windows import CloseWanted, CommodityListed, WindowAnnounced, WindowCalledOff

__all__ = [
    "BookClosed",
    "BookedOrder",
    "CloseWanted",
    "CommodityListed",
    "HoldExpired",
    "LineCollected",
    "LineFilled",
    "LineShort",
    "LotCorrected",
    "LotListed",
    "LotRepriced",
    "LotWithdrawn",
    "OrderCancelled",
    "OrderChanged",
    "OrderEndedShort",
    "OrderLeftOut",
    "OrderPlaced",
    "OrderWaiting",
    "OrderWithdrawn",
    "OrderedLine",
    "Outcome",
    "StockCommitted",
    "StockHeld",
    "StockReleased",
    "StockTold",
    "TooSmall",
    "VillagePart",
    "WindowAnnounced",
    "WindowCalledOff",
    "WindowJoined",
]
