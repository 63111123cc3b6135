"""What a lot is, and what may happen to its stock."""

from services.catalog.domain.commodity import Commodity, Packed
from services.catalog.domain.hold import Hold, HoldState
from services.catalog.domain.lot import Lot, Offer, list_lot
from services.catalog.domain.weighing import Weighing

__all__ = ["Commodity", "Hold", "HoldState", "Lot", "Offer", "Packed", "Weighing", "list_lot"]
