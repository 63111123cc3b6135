"""The order window: announced, its rounds of answers, firm or called off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from services.chassis.codes import short_code
from services.chassis.event import Aggregate
from services.chassis.wording import both, day, moment, rupiah
from services.cooperative.domain.refusals import (
    AlreadyCalledOff,
    AlreadyClosed,
    AlreadyFirm,
    ClosesInThePast,
    FirmAfterDelivery,
    NotOpenYet,
    WrongTimes,
)
from services.cooperative.events import (
    CloseWanted,
    CollectionTold,
    IfTooSmall,
    TooSmall,
    WindowAnnounced,
    WindowCalledOff,
)

TOO_SMALL = "Jumlah semua pesanan {total}, belum sampai {smallest}"


class WindowStatus(StrEnum):
    ANNOUNCED = "announced"
    FIRM = "firm"
    CALLED_OFF = "called_off"


@dataclass(eq=False, kw_only=True)
class Window(Aggregate):
    """`due_at`: when its plan was to announce it, `announced_at` when it was.

    `round` counts the sharings; `asks_until` is the open round's end, None while none is open.

    `smallest_total`: rupiah at reference prices that its book must come to; None: any book is shared.
    `last_round`: after it nobody is asked again; None until a batch is frozen.
    """

    id: UUID
    cooperative_id: UUID
    name: str
    commodity_ids: Sequence[UUID]
    delivery_day: date
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    round_minutes: int
    firm_at: datetime
    time_zone: str
    closed_early_by: str | None = None
    smallest_total: int | None = None
    if_too_small: IfTooSmall = "call_off"
    plan_id: UUID | None = None
    due_at: datetime | None = None
    announced_at: datetime | None = None
    status: WindowStatus = WindowStatus.ANNOUNCED
    reason: str | None = None
    shared: bool = False
    round: int = 0
    last_round: int | None = None
    asks_until: datetime | None = None
    record_hash: str | None = None
    version: int = 0

    @property
    def code(self) -> str:
        return short_code(self.id)

    @property
    def delivery_ends(self) -> datetime:
        """The end of the delivery day where it happens."""
        next_day = self.delivery_day + timedelta(days=1)
        return datetime.combine(next_day, time.min, ZoneInfo(self.time_zone)).astimezone(UTC)

    @property
    def holds_until(self) -> datetime:
        """When a hold ends that nobody committed: the end of the delivery day, never before firm."""
        return max(self.delivery_ends, self.firm_at)

    @property
    def asking(self) -> bool:
        """Whether a round of answers is open."""
        return self.asks_until is not None

    def still_asks(self, at: datetime) -> bool:
        """Whether somebody who is asked now could answer: the round's end may have passed and not been heard."""
        return self.asks_until is not None and at < self.asks_until

    @property
    def rounds_left(self) -> int | None:
        """How many more sharings may ask by the policy; None until a batch is frozen."""
        return None if self.last_round is None else self.last_round - self.round

    @property
    def takes_book(self) -> bool:
        """Whether its closed book is still to be shared."""
        return not self.shared and self.status is not WindowStatus.CALLED_OFF

    def announced(
        self,
        at: datetime,
        due_at: datetime | None = None,
        collections: Iterable[CollectionTold] = (),
    ) -> WindowAnnounced:
        """The first fact about it, if its times can be kept."""
        self._check_times(at)
        self.announced_at, self.due_at = at, due_at
        return WindowAnnounced(
            window_id=self.id,
            version=self.next_version(),
            cooperative_id=self.cooperative_id,
            code=self.code,
            name=self.name,
            commodities=tuple(self.commodity_ids),
            delivery_day=self.delivery_day,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            answer_by=self.answer_by,
            round_minutes=self.round_minutes,
            firm_at=self.firm_at,
            time_zone=self.time_zone,
            smallest_total=self.smallest_total,
            if_too_small=self.if_too_small if self.smallest_total else None,
            plan_id=self.plan_id,
            due_at=due_at,
            collections=tuple(collections),
        )

    def _check_times(self, at: datetime) -> None:
        for earlier, later in pairwise(("opens_at", "closes_at", "answer_by", "firm_at")):
            if getattr(self, earlier) >= getattr(self, later):
                raise WrongTimes(earlier=earlier, later=later)
        if self.closes_at <= at:
            raise ClosesInThePast(closes_at=both(moment, self.closes_at, self.time_zone))
        if self.firm_at > self.delivery_ends:
            raise FirmAfterDelivery(day=both(day, self.delivery_day))

    def call_off(self, reason: str, at: datetime) -> WindowCalledOff:
        """It does not take place. Possible until firm, by the row as by the clock."""
        self.check_stands()
        if self.status is WindowStatus.FIRM or at >= self.firm_at:
            raise AlreadyFirm(window=self.code, firm_at=both(moment, self.firm_at, self.time_zone))
        self.status, self.reason, self.asks_until = WindowStatus.CALLED_OFF, reason, None
        return WindowCalledOff(window_id=self.id, version=self.next_version(), reason=reason)

    def close_early(self, by: str, at: datetime) -> CloseWanted:
        """Its book is to close now: orders, who keeps the book, does it; who asked for it is remembered."""
        self.check_stands()
        if at < self.opens_at:
            raise NotOpenYet(window=self.code, opens_at=both(moment, self.opens_at, self.time_zone))
        if self.closed_early_by or at >= self.closes_at:
            raise AlreadyClosed(window=self.code, closes_at=both(moment, self.closes_at, self.time_zone))
        self.closes_at, self.closed_early_by = at, by
        return CloseWanted(window_id=self.id, version=self.next_version(), closes_at=at)

    def too_small(self, total: int, at: datetime) -> WindowCalledOff | None:
        """Called off where its book, not shared yet, comes to less than it must; None where it takes place."""
        decided = not self.takes_book or self.status is WindowStatus.FIRM or at >= self.firm_at
        if decided or self.smallest_total is None or total >= self.smallest_total:
            return None
        reason = TOO_SMALL.format(total=rupiah(total, "id"), smallest=rupiah(self.smallest_total, "id"))
        self.status, self.reason = WindowStatus.CALLED_OFF, reason
        return WindowCalledOff(
            window_id=self.id,
            version=self.next_version(),
            reason=reason,
            orders="wait" if self.if_too_small == "carry_over" else "cancel",
            too_small=TooSmall(total=total, smallest_total=self.smallest_total),
        )

    def check_stands(self) -> None:
        if self.status is WindowStatus.CALLED_OFF:
            raise AlreadyCalledOff(window=self.code, reason=self.reason)

    def next_answer_by(self, at: datetime) -> datetime | None:
        """Until when a round that opens now asks: None when firm is too near.

        The first round ends at the announced time. Where its book came so late that sellers would have less
        than half of the time they were promised, it lasts as long as a later round.
        """
        if self.status is not WindowStatus.ANNOUNCED:
            return None
        promised = min(timedelta(minutes=self.round_minutes), self.answer_by - self.closes_at)
        if not self.round and self.answer_by - at >= promised / 2:
            return self.answer_by
        answer_by = at + timedelta(minutes=self.round_minutes)
        return answer_by if answer_by <= self.firm_at else None

    def may_ask(self, rounds: int) -> None:
        """A batch is frozen. Whatever rounds were before, they asked nobody, else it would be shared again."""
        self.last_round = self.round + rounds

    def open_round(self, record_hash: str, asks_until: datetime | None) -> None:
        """A sharing is published; it asks until then, or nobody."""
        self.round += 1
        self.record_hash, self.asks_until = record_hash, asks_until

    def close_round(self) -> None:
        self.asks_until = None

    def become_firm(self) -> None:
        self.status, self.asks_until = WindowStatus.FIRM, None
