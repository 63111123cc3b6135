"""What was weighed of a lot at a collection point: it ends the commitments it was for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.catalog.domain.hold import Hold
from services.catalog.domain.lot import Lot
from services.catalog.events import LotWeighed, StockCollected


@dataclass(eq=False, kw_only=True)
class Weighing:
    """One lot as it was brought for one window. `heard`: the newest weighing told; an older one is no news.

    `waiting` for the truck, `returned` to the seller, `rejected`: together what was weighed.
    """

    id: UUID
    lot_id: UUID
    waiting: int = 0
    returned: int = 0
    rejected: int = 0
    heard: int = 0

    @property
    def collected(self) -> int:
        return self.waiting + self.returned + self.rejected

    def take(self, lot: Lot, holds: Iterable[Hold], told: LotWeighed) -> tuple[StockCollected, ...]:
        """What is missing leaves the lot by a correction, what is above enters by one; weighed again as at first."""
        if told.version <= self.heard:
            return ()
        before, promised = self.collected, sum(hold.collect() for hold in holds)
        moved = {
            name: getattr(told, name) - getattr(self, name) for name in ("waiting", "returned", "rejected")
        }
        self.heard = told.version
        self.waiting, self.returned, self.rejected = told.waiting, told.returned, told.rejected
        change = self.collected - before - promised
        lot.move(committed=-promised, corrections=change, **moved)
        return (self._collected(lot, change),)

    def _collected(self, lot: Lot, change: int) -> StockCollected:
        return StockCollected(
            lot_id=lot.id,
            weighing_id=self.id,
            weighed=self.heard,
            collected=self.collected,
            waiting=self.waiting,
            returned=self.returned,
            rejected=self.rejected,
            change=change,
            reason="short" if change < 0 else "surplus" if change else None,
            available=lot.available,
            version=lot.next_version(),
        )
