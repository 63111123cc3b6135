"""A hold: stock of one lot set aside for one share, until it is committed, released or expires."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.catalog.domain.lot import Lot
from services.catalog.events import (
    CommitWanted,
    HoldExpired,
    HoldRefused,
    HoldWanted,
    ReleaseWanted,
    StockCommitted,
    StockHeld,
    StockReleased,
)


class HoldState(StrEnum):
    NEW = "new"
    HELD = "held"
    REFUSED = "refused"
    EXPIRED = "expired"
    COMMITTED = "committed"
    RELEASED = "released"
    COLLECTED = "collected"


@dataclass(eq=False, kw_only=True)
class Hold:
    """What catalog keeps per share. A wish is answered with its fact, or with none when it says nothing new.

    `heard` is the share's version of the last wish that was heard: the same wish in another message,
    or an older one that comes late, changes nothing.
    """

    share_id: UUID
    lot_id: UUID
    expires_at: datetime | None = None
    held: int = 0
    committed: int = 0
    state: HoldState = HoldState.NEW
    heard: int = 0

    def start(self, lot: Lot, wish: HoldWanted) -> tuple[StockHeld | HoldRefused, ...]:
        if not self._is_news(wish) or self.state is not HoldState.NEW:
            return ()
        self.held = 0 if lot.withdrawn else min(wish.quantity, lot.available)
        self.expires_at = wish.expires_at
        if self.held == 0:
            self.state = HoldState.REFUSED
            return (self._refused(lot, wish),)
        self.state = HoldState.HELD
        lot.move(available=-self.held, held=self.held)
        return (
            StockHeld(
                lot_id=lot.id,
                share_id=self.share_id,
                wanted=wish.quantity,
                held=self.held,
                expires_at=wish.expires_at,
                available=lot.available,
                version=lot.next_version(),
            ),
        )

    def commit(self, lot: Lot, wish: CommitWanted) -> tuple[StockCommitted, ...]:
        """From what is held; then, where the hold has expired or is smaller, from what is still available.

        What was held beyond the wish is available again.
        """
        if not self._is_news(wish) or self.state in (HoldState.COMMITTED, HoldState.COLLECTED):
            return ()
        ended = self.state in (HoldState.REFUSED, HoldState.RELEASED)
        committed = 0 if ended else min(wish.quantity, self.held + lot.available)
        lot.move(available=self.held - committed, held=-self.held, committed=committed)
        self.held, self.committed = 0, committed
        self.state = HoldState.COMMITTED if committed else HoldState.REFUSED
        return (
            StockCommitted(
                lot_id=lot.id,
                share_id=self.share_id,
                wanted=wish.quantity,
                committed=committed,
                available=lot.available,
                version=lot.next_version(),
            ),
        )

    def release(self, lot: Lot, wish: ReleaseWanted) -> tuple[StockReleased, ...]:
        """Of the hold or of the commitment, what there is of it. Before any hold: nothing is held afterwards."""
        if not self._is_news(wish):
            return ()
        if self.state is HoldState.NEW:
            self.state = HoldState.RELEASED
        held = min(wish.quantity, self.held)
        committed = min(wish.quantity, self.committed)
        if held + committed == 0:
            return ()
        lot.move(available=held + committed, held=-held, committed=-committed)
        self.held -= held
        self.committed -= committed
        if self.held + self.committed == 0:
            self.state = HoldState.RELEASED
        return (
            StockReleased(
                lot_id=lot.id,
                share_id=self.share_id,
                quantity=held + committed,
                available=lot.available,
                version=lot.next_version(),
            ),
        )

    def collect(self) -> int:
        """The lot was weighed: the commitment has ended. Answers what was promised by it."""
        promised, self.committed = self.committed, 0
        if promised:
            self.state = HoldState.COLLECTED
        return promised

    def expire(self, lot: Lot) -> tuple[HoldExpired, ...]:
        if self.state is not HoldState.HELD:
            return ()
        expired, self.held, self.state = self.held, 0, HoldState.EXPIRED
        lot.move(available=expired, held=-expired)
        return (
            HoldExpired(
                lot_id=lot.id,
                share_id=self.share_id,
                quantity=expired,
                available=lot.available,
                version=lot.next_version(),
            ),
        )

    @property
    def ends_at(self) -> datetime | None:
        """When the stock is available again by itself: never, unless it is held."""
        return self.expires_at if self.state is HoldState.HELD else None

    def _is_news(self, wish: HoldWanted | CommitWanted | ReleaseWanted) -> bool:
        news = wish.version > self.heard
        self.heard = max(self.heard, wish.version)
        return news

    def _refused(self, lot: Lot, wish: HoldWanted) -> HoldRefused:
        return HoldRefused(
            lot_id=lot.id,
            share_id=self.share_id,
            wanted=wish.quantity,
            reason="WITHDRAWN" if lot.withdrawn else "NOTHING_LEFT",
            available=lot.available,
            version=lot.next_version(),
        )
