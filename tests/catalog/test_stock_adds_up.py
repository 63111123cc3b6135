"""Whatever happens to a lot in whatever order, no unit of its stock is lost, made up or promised twice."""

import contextlib
from collections.abc import Sequence
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.catalog.domain import Hold, Weighing
from services.catalog.events import (
    HoldExpired,
    HoldRefused,
    LotCorrected,
    LotRepriced,
    LotWithdrawn,
    StockCollected,
    StockCommitted,
    StockHeld,
    StockReleased,
)
from services.chassis.event import Event
from services.chassis.problem import Refused
from tests.catalog.people import (
    LOT,
    WEIGHING,
    chilli_lot,
    commit_wanted,
    hold_wanted,
    lot_weighed,
    release_wanted,
)

SHARES = [UUID(int=number) for number in range(1, 5)]
shares = st.sampled_from(SHARES)
quantities = st.integers(1, 120)
versions = st.integers(1, 30)


class LotUnderTest(RuleBasedStateMachine):
    """A lot, its shares, and a reader who knows only the events."""

    def __init__(self) -> None:
        super().__init__()
        self.lot = chilli_lot(100)
        self.holds = {share_id: Hold(share_id=share_id, lot_id=LOT) for share_id in SHARES}
        self.weighing = Weighing(id=WEIGHING, lot_id=LOT)
        self.told_version, self.told_available, self.told_price = 1, 100, self.lot.price

    def hears(self, events: Sequence[Event]) -> None:
        for event in events:
            assert event.version == self.told_version + 1
            self.told_version = event.version
            if isinstance(event, LotRepriced):
                self.told_price = event.price
            else:
                assert isinstance(
                    event,
                    HoldExpired
                    | HoldRefused
                    | LotCorrected
                    | LotWithdrawn
                    | StockCollected
                    | StockCommitted
                    | StockHeld
                    | StockReleased,
                )
                self.told_available = event.available

    @rule(price=quantities)
    def reprice(self, price: int) -> None:
        with contextlib.suppress(Refused):
            self.hears([self.lot.reprice(price)])

    @rule(change=st.integers(-120, 120).filter(bool))
    def correct(self, change: int) -> None:
        with contextlib.suppress(Refused):
            self.hears([self.lot.correct(change, "counted again")])

    @rule()
    def withdraw(self) -> None:
        with contextlib.suppress(Refused):
            self.hears([self.lot.withdraw("sold elsewhere")])

    @rule(share_id=shares, quantity=quantities, version=versions)
    def hold(self, share_id: UUID, quantity: int, version: int) -> None:
        self.hears(self.holds[share_id].start(self.lot, hold_wanted(quantity, share_id, version)))

    @rule(share_id=shares, quantity=quantities, version=versions)
    def commit(self, share_id: UUID, quantity: int, version: int) -> None:
        self.hears(self.holds[share_id].commit(self.lot, commit_wanted(quantity, share_id, version)))

    @rule(share_id=shares, quantity=quantities, version=versions)
    def release(self, share_id: UUID, quantity: int, version: int) -> None:
        self.hears(self.holds[share_id].release(self.lot, release_wanted(quantity, share_id, version)))

    @rule(
        waiting=quantities,
        returned=st.integers(0, 20),
        rejected=st.integers(0, 20),
        of=st.sets(shares, min_size=1),
        version=versions,
    )
    def weigh(self, waiting: int, returned: int, rejected: int, of: set[UUID], version: int) -> None:
        told = lot_weighed(waiting, *of, returned=returned, rejected=rejected, version=version)
        self.hears(self.weighing.take(self.lot, [self.holds[share_id] for share_id in of], told))

    @rule(share_id=shares)
    def expire(self, share_id: UUID) -> None:
        self.hears(self.holds[share_id].expire(self.lot))

    @invariant()
    def stock_adds_up(self) -> None:
        lot = self.lot
        assert lot.available + lot.held + lot.committed + lot.collected == lot.listed + lot.corrections
        assert min(lot.available, lot.held, lot.committed, lot.collected) >= 0

    @invariant()
    def what_is_collected_is_waiting_returned_or_rejected(self) -> None:
        places = self.weighing.waiting, self.weighing.returned, self.weighing.rejected
        assert (self.lot.waiting, self.lot.returned, self.lot.rejected) == places
        assert self.lot.collected == sum(places)

    @invariant()
    def what_is_set_aside_is_set_aside_for_a_share(self) -> None:
        assert self.lot.held == sum(hold.held for hold in self.holds.values())
        assert self.lot.committed == sum(hold.committed for hold in self.holds.values())

    @invariant()
    def the_events_alone_tell_what_is_available_and_at_what_price(self) -> None:
        assert (self.told_version, self.told_available) == (self.lot.version, self.lot.available)
        assert self.told_price == self.lot.price


TestNoStockIsLostOrPromisedTwice = LotUnderTest.TestCase
