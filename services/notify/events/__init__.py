"""Facts that notify publishes, and the fields it reads of others' facts, by what they are about."""

from services.notify.events.lines import LineCollected, LineFilled, LineShort, VillagePart
from services.notify.events.lots import LotListed, LotWeighed
from services.notify.events.messages import ChannelName, FailureReason, Language, MessageFailed, MessageSent
from services.notify.events.orders import (
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderEndedShort,
    OrderPlaced,
    OrderWaiting,
    OrderWithdrawn,
    TooSmall,
    WindowJoined,
)
from services.notify.events.shares import (
    BroughtTo,
    Sentences,
    ShareAnswered,
    ShareChanged,
    ShareCommitted,
    ShareLapsed,
    ShareOffered,
    SharingHeld,
)

__all__ = [
    "BroughtTo",
    "ChannelName",
    "FailureReason",
    "Language",
    "LineCollected",
    "LineFilled",
    "LineShort",
    "LotListed",
    "LotWeighed",
    "MessageFailed",
    "MessageSent",
    "OrderCancelled",
    "OrderChanged",
    "OrderEndedShort",
    "OrderPlaced",
    "OrderWaiting",
    "OrderWithdrawn",
    "OrderedLine",
    "Sentences",
    "ShareAnswered",
    "ShareChanged",
    "ShareCommitted",
    "ShareLapsed",
    "ShareOffered",
    "SharingHeld",
    "ToBuyer",
    "ToSeller",
    "TooSmall",
    "VillagePart",
    "WindowJoined",
]

ToSeller = LotListed | ShareOffered | ShareAnswered | ShareLapsed | ShareChanged | ShareCommitted | LotWeighed
ToBuyer = (
    OrderPlaced
    | OrderChanged
    | OrderWaiting
    | OrderWithdrawn
    | OrderCancelled
    | OrderEndedShort
    | LineFilled
    | LineShort
    | LineCollected
)
